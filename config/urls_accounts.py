"""Pages of whoever keeps the accounts, below /gestion/."""

from django.urls import path

from billing.views.accounts import exports, overview, reform

urlpatterns = [
    path("comptabilite/", overview.accounts, name="accounts"),
    path("comptabilite/chiffre-d-affaires/", overview.period, name="turnover"),
    path("comptabilite/comptes/", overview.plan, name="accounts_plan"),
    path("comptabilite/facture-electronique/", reform.reform, name="reform"),
    path("factures/<int:pk>/statut/", reform.invoice_status, name="invoice_status"),
    path("comptabilite/journal/", exports.journal, name="make_journal"),
    path("comptabilite/e-reporting/", exports.report, name="make_report"),
    path("comptabilite/fichiers/<int:pk>/", exports.export_file, name="export_file"),
    path("comptabilite/fec/<int:year>/", exports.fec, name="fec"),
    path("comptabilite/archives/", exports.make_archive, name="make_archive"),
    path("comptabilite/archives/<int:pk>/", exports.archive, name="archive"),
    path("comptabilite/archives/<int:pk>/reprendre/", exports.retry_archive, name="retry_archive"),
]
