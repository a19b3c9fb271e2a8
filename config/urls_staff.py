"""Pages for the hoster's staff."""

from django.urls import path

from billing.views import staff_documents, staff_invoices, staff_quotes, staff_terminations
from crm.views import dashboard, mails, organizations, requests
from funnel import views as funnel
from offers.views import tariff_editor, tariff_versions, workshop, workshop_catalogue

app_name = "staff"

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("demandes/<int:pk>/traitee/", requests.close, name="close_request"),
    path("courriels/<int:pk>/renvoyer/", mails.retry, name="retry_mail"),
    path("resiliations/<int:pk>/confirmee/", staff_terminations.close, name="close_termination"),
    path("organisations/", organizations.organizations, name="organizations"),
    path("organisations/<int:pk>/", organizations.organization, name="organization"),
    path("devis/", staff_quotes.quotes, name="quotes"),
    path("devis/<int:pk>/", staff_quotes.quote, name="quote"),
    path("factures/", staff_invoices.invoices, name="invoices"),
    path("factures/<int:pk>/", staff_invoices.invoice, name="invoice"),
    path("documents/<int:pk>/", staff_documents.download, name="document"),
    path("documents/<int:pk>/refaire/", staff_documents.retry, name="retry_document"),
    path("entonnoir/", funnel.funnel, name="funnel"),
    path("offres/", workshop.offers, name="offers"),
    path("offres/<slug:slug>/tarif/", tariff_versions.tariff, name="offer_tariff"),
    path("offres/<slug:slug>/tarif/formes/", tariff_editor.shapes, name="offer_tariff_shapes"),
    path("offres/<slug:slug>/tarif/brouillon/", tariff_editor.draft, name="offer_tariff_draft"),
    path("offres/<slug:slug>/tarif/texte/", tariff_editor.text, name="offer_tariff_text"),
    path("offres/<slug:slug>/tarif/apercu/", tariff_editor.preview, name="offer_tariff_preview"),
    path("offres/<slug:slug>/tarif/abandonner/", tariff_editor.discard, name="offer_tariff_discard"),
    path("offres/<slug:slug>/tarif/publier/", tariff_versions.publish, name="offer_tariff_publish"),
    path(
        "offres/<slug:slug>/tarif/versions/<int:number>/",
        tariff_versions.version,
        name="offer_tariff_version",
    ),
    path(
        "offres/<slug:slug>/tarif/versions/<int:number>/reprendre/",
        tariff_versions.restart,
        name="offer_tariff_restart",
    ),
    path("catalogue/", workshop_catalogue.catalogue, name="catalogue"),
    path("catalogue/importer/", workshop_catalogue.confirm, name="import_catalogue"),
    path("catalogue/telecharger/", workshop_catalogue.download, name="download_catalogue"),
    path("catalogue/schema/", workshop_catalogue.schema, name="catalogue_schema"),
]
