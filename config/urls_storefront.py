"""Pages for everybody: offers, prices, quotes by their secret link."""

from django.urls import path

from billing.views import accept, ask, ask_person, contact, quote, terminate
from offers.views import discovery, help, legal, storefront

app_name = "storefront"

urlpatterns = [
    path("", storefront.home, name="home"),
    path("offres/", storefront.offers, name="offers"),
    path("offres/<slug:slug>/", storefront.offer, name="offer"),
    path("offres/<slug:slug>/devis/", ask.ask, name="ask"),
    path("offres/<slug:slug>/depart/", storefront.departure, name="departure"),
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
    path("resilier/", terminate.termination, name="termination"),
    path("resilier/recue/", terminate.received, name="termination_received"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("robots.txt", discovery.robots, name="robots"),
    path("mentions-legales/", legal.legal, name="legal"),
    path("accessibilite/", legal.accessibility, name="accessibility"),
    path("reversibilite/", legal.reversibility, name="reversibility"),
    path("sous-traitants/", legal.subprocessors, name="subprocessors"),
    path("donnees-personnelles/", legal.privacy, name="privacy"),
]
