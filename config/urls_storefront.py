"""Pages for everybody: offers, prices, quotes by their secret link."""

from django.urls import path

from billing.views import accept, ask, ask_person, contact, quote
from offers.views import help, storefront

app_name = "storefront"

urlpatterns = [
    path("", storefront.home, name="home"),
    path("offres/", storefront.offers, name="offers"),
    path("offres/<slug:slug>/", storefront.offer, name="offer"),
    path("offres/<slug:slug>/devis/", ask.ask, name="ask"),
    path("gammes/<slug:slug>/", storefront.range, name="range"),
    path("aide/", help.choose, name="choose"),
    path("sur-mesure/", help.bespoke, name="bespoke"),
    path("question/", contact.question, name="question"),
    path("rappel/", contact.callback, name="callback"),
    path("rendez-vous/", contact.appointment, name="appointment"),
    path("demande/", ask_person.ask_person, name="ask_person"),
    path("demande-recue/", ask.asked, name="asked"),
    path("devis/<str:token>/", quote.quote, name="quote"),
    path("devis/<str:token>/pdf/", quote.pdf, name="quote_pdf"),
    path("devis/<str:token>/accepter/", accept.accept, name="accept"),
    path("mentions-legales/", storefront.legal, name="legal"),
    path("donnees-personnelles/", storefront.privacy, name="privacy"),
]
