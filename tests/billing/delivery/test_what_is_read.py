"""What the association and the documents say of what is sold and delivered."""

from datetime import timedelta
from decimal import Decimal

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.access_links import mint_link
from billing.delivery.planning import finish
from billing.documents.contract_page import contract_page
from billing.documents.quote_page import quote_page
from billing.models import AccessLink, Quote
from hosters.models import Hoster, User
from offers.models import ComponentKind, OfferComponent
from offers.versions import publish_version
from tests.factories import MARMULE, make_acceptance, make_component, make_offer, make_quote
from tests.pages import words

NAMED = MARMULE | {
    "metrics": [MARMULE["metrics"][0] | {"nominative": True}, MARMULE["metrics"][1] | {"pooled": True}]
}


def accepted(hoster: Hoster) -> Quote:
    """A prestation, something to download, and a product that is looked after."""
    offer = make_offer(hoster, tariff=NAMED)
    for component in (
        make_component(hoster, ComponentKind.PRESTATION, function="Former l’équipe", hours=Decimal("3.5")),
        make_component(hoster, function="Des modèles", download_url="https://fichiers.example/modeles.zip"),
        make_component(hoster, function="Des fichiers", supervision="une alerte", backups="chaque nuit"),
    ):
        OfferComponent.objects.create(offer=offer, component=component)
    publish_version(offer=offer)
    quote = make_quote(offer)
    make_acceptance(quote)
    return Quote.objects.get(pk=quote.pk)


def in_its_space(quote: Quote) -> Client:
    client = Client()
    token = mint_link(purpose=AccessLink.Purpose.SPACE, contact=quote.contact)
    client.get(reverse("portal:enter", kwargs={"token": token}))
    return client


def test_association_reads_what_is_done_and_says_that_it_has_it(artifaille: Hoster, alix: User) -> None:
    """000-005, 000-013: the delivery note, then « C’est bien reçu »; a download needs nobody."""
    quote = accepted(artifaille)
    client = in_its_space(quote)
    page = client.get(reverse("portal:home"))
    read = words(page)
    assert "Former l’équipe" in read
    assert "jour à choisir avec vous, 3,5 h" in read
    assert "https://fichiers.example/modeles.zip" in page.content.decode()
    work = quote.deliveries.get(kind="work")
    url = reverse("portal:received", kwargs={"pk": work.pk})
    assert client.post(url).status_code == 404  # nothing was done yet
    kept = client.get(reverse("portal:data_json")).json()["tables"][
        "deliveries"
    ]  # 002-091: it leaves with them
    assert [(row["kind"], row["what"]) for row in kept] == [
        ("work", "Former l’équipe"),
        ("download", "Des modèles"),
    ]
    finish(delivery=work, on=timezone.localdate() - timedelta(days=1), note="Huit <i>personnes</i>.", by=alix)
    page = client.get(reverse("portal:home"))
    assert "Huit <i>personnes</i>." in words(page)
    assert "<i>personnes" not in page.content.decode()
    client.post(url)
    work.refresh_from_db()
    first = work.confirmed_at
    assert first is not None
    client.post(url)
    work.refresh_from_db()
    assert work.confirmed_at == first


def test_documents_say_whose_accounts_who_answers_and_what_is_watched(artifaille: Hoster) -> None:
    """002-097, 002-098, 002-118, 003-027, 003-037: frozen with the quote, printed on the contract."""
    Hoster.objects.filter(pk=artifaille.pk).update(
        contact_person="Noé", contact_hours="le matin", area_served="le Rhône", continuity_people=2
    )
    artifaille.refresh_from_db()
    quote = accepted(artifaille)
    lines = list(quote.lines.all())
    page = quote_page(quote, lines)
    assert page.configuration == [
        "12\u00a0personnes (comptes nominatifs)",
        "35\u00a0Go (pour toute l’association)",
    ]
    assert any("Noé, 04\u00a000\u00a000\u00a000\u00a000, le matin" in sentence for sentence in page.payment)
    assert quote.seller["area"] == "le Rhône"
    contract = contract_page(quote.contract, lines)
    assert contract.continuity == "2 personnes peuvent intervenir sur vos services."
    assert [(function, [label for label, _value in facts]) for function, facts in contract.care] == [
        ("Des fichiers", ["Copies de secours", "Surveillance"])
    ]
