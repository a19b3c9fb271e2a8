"""Pages for the hoster's staff."""

from django.urls import path

from billing.views import staff_documents, staff_invoices, staff_quotes
from crm.views import dashboard, organizations, requests
from funnel import views as funnel
from offers.views import workshop, workshop_catalogue

app_name = "staff"

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("demandes/<int:pk>/traitee/", requests.close, name="close_request"),
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
    path("catalogue/", workshop_catalogue.catalogue, name="catalogue"),
    path("catalogue/importer/", workshop_catalogue.confirm, name="import_catalogue"),
    path("catalogue/telecharger/", workshop_catalogue.download, name="download_catalogue"),
    path("catalogue/schema/", workshop_catalogue.schema, name="catalogue_schema"),
]
