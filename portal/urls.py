from django.urls import path

from portal.views import change, deliveries, door, downloads, home, money, objectives, people

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("documents/<int:pk>/", home.document, name="document"),
    path("documents/<int:pk>/donnees/", home.invoice_data, name="invoice_data"),
    path("budget/", home.budget, name="budget"),
    path("devis/<int:pk>/lien/", home.decide_link, name="decide_link"),
    path("abonnements/<int:pk>/changer/", change.change, name="change"),
    path("livraisons/<int:pk>/recue/", deliveries.received, name="received"),
    path("objectifs/", objectives.objectives, name="objectives"),
    path("exercices/", downloads.fiscal_year_zip, name="fiscal_year_zip"),
    path("exercice/", people.fiscal_year, name="fiscal_year"),
    path("donnees/json/", downloads.data_json, name="data_json"),
    path("donnees/csv/", downloads.data_csv, name="data_csv"),
    path("paiements/", money.payments, name="payments"),
    path("prelevement/", money.mandate, name="mandate"),
    path("prelevement/revoquer/", money.revoke, name="revoke_mandate"),
    path("personnes/", people.people, name="people"),
    path("personnes/inviter/", people.invite_person, name="invite_person"),
    path("personnes/<int:pk>/role/", people.set_role, name="set_role"),
    path("personnes/<int:pk>/retirer/", people.remove_person, name="remove_person"),
    path("personnes/<int:pk>/succession/", people.hand_over_to, name="hand_over"),
    path("lien/", door.ask, name="ask"),
    path("lien/<str:token>/", door.enter, name="enter"),
    path("fermer/", door.leave, name="leave"),
]
