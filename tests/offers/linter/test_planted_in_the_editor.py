"""Each fault typed by a person in the pages of the workshop: found beside the editor, linked to a field that exists,
gone once mended (part A2 of the requirements).

Not here, because no form of ours can hold the fault: Q-CONTACT and Q-SETUPSHOWN (our pages have the three ways out
and compute the first year), Q-NEED (a component without a need is refused), Q-TTC (a regime without a known rate is
refused), Q-SURMESURE (quotes: test_sales).
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from hosters.models import Hoster, User
from offers.finding_links import LinkedFinding, link_to
from offers.linter import CHECKS
from offers.models import Component, CostLine, Evidence, Offer, OfferComponent
from tests.factories import make_offer
from tests.offers.linter.clean import make_answer, tariff
from tests.offers.linter.test_planted_in_database import MAXIMUM, MONTHLY, MORE, OPTIONS, STEPS
from tests.pages import filled, words

pytestmark = pytest.mark.thorough
BASE = "/gestion/offres/"
HTMX = {"hx-request": "true"}
YESTERDAY = timezone.localdate() - timedelta(days=1)
#: What each offer is sold at when nothing is planted.
SOLD = {"petit": tariff("10.00", "100.00", "20"), "grand": tariff("20.00", "200.00", "90")}
Act = Callable[["Workshop"], None]


class Workshop:
    """Alix at the workshop of a hoster with nothing to mend."""

    def __init__(self, team: Client, hoster: Hoster) -> None:
        self.team, self.hoster = team, hoster

    def type(self, url: str, field: str, /, **typed: Any) -> None:
        """Open a page, type in the form that has this field, save."""
        answer = self.team.post(url, filled(self.team.get(url), field, **typed))
        assert answer.status_code == 302, words(answer)

    def sell(self, slug: str, definition: dict[str, Any]) -> None:
        """Write a tariff as a text, then publish it, with a reason when a check asks for one."""
        text, publish = f"{BASE}{slug}/tarif/texte/", f"{BASE}{slug}/tarif/publier/"
        self.type(text, "texte", texte=json.dumps(definition))
        page = self.team.get(publish)
        reason = {"override_reason": "Pour voir."} if page.context["blocking"] else {}
        self.type(publish, "in_force_from", **reason)

    def remarks(self, slug: str) -> list[LinkedFinding]:
        """What the linter says beside the editor, which is what the page shows."""
        page = self.team.get(f"{BASE}{slug}/relire/")
        found: list[LinkedFinding] = page.context["findings"]
        read = words(page)
        assert all(" ".join(each.finding.message.split()) in read for each in found)
        return found


@pytest.fixture
def workshop(clean: Hoster, alix: User, signed_in: Callable[[User], Client]) -> Workshop:
    return Workshop(signed_in(alix), clean)


def about(**typed: Any) -> Act:
    return lambda shop: shop.type(f"{BASE}petit/", "purpose", **typed)


def component(which: str, **typed: Any) -> Act:
    def act(shop: Workshop) -> None:
        with scope(hoster=shop.hoster):
            pk = Component.objects.get(slug=which).pk
        shop.type(f"/gestion/composants/{pk}/", "function", **typed)

    return act


def sold(slug: str, definition: dict[str, Any]) -> Act:
    return lambda shop: shop.sell(slug, definition)


def part(slug: str, /, *, of: str = "petit", **typed: Any) -> Act:
    """In the small form of one component of an offer; `{key}` names its fields."""

    def act(shop: Workshop) -> None:
        with scope(hoster=shop.hoster):
            key = f"p{OfferComponent.objects.get(offer__slug=of, component__slug=slug).pk}"
        named = {name.format(key=key): value for name, value in typed.items()}
        shop.type(f"{BASE}{of}/composants/", f"{key}-detail", **named)

    return act


def bring(slug: str, *, to: str) -> Act:
    """Tick a component of the catalogue."""

    def act(shop: Workshop) -> None:
        with scope(hoster=shop.hoster):
            pk = Component.objects.get(slug=slug).pk
        shop.type(f"{BASE}{to}/composants/", "components", components=[pk])

    return act


def take_away(slug: str, *, of: str) -> Act:
    return part(slug, of=of, action="remove")


def draw(shop: Workshop) -> None:
    """Write a component that no offer has yet."""
    with scope(hoster=shop.hoster):
        make_answer(shop.hoster, "Dessiner")


def in_range(**typed: Any) -> Act:
    return lambda shop: shop.type(f"/gestion/gammes/{_range(shop)}/", "name", **typed)


def place(*slugs: str, taken: bool) -> Act:
    """Tick offers in the range, or no longer."""

    def act(shop: Workshop) -> None:
        url = f"/gestion/gammes/{_range(shop)}/"
        with scope(hoster=shop.hoster):
            rows = Offer.objects.filter(slug__in=slugs).order_by("pk")
            keys = {f"dans-{row.pk}": ["on"] if taken else [] for row in rows}
        form = filled(shop.team.get(url), next(iter(keys)), **keys)
        assert shop.team.post(f"{url}offres/", form).status_code == 302

    return act


def _range(shop: Workshop) -> int:
    with scope(hoster=shop.hoster):
        return shop.hoster.ranges.get().pk


def three_more(shop: Workshop) -> None:
    """Three dearer offers that give more, in no range yet."""
    with scope(hoster=shop.hoster):
        model = Offer.objects.get(slug="grand")
        for number, name in enumerate(["Prunier", "Cerisier", "Noyer"], 3):
            prices = (f"{number}0.00", f"{number}00.00", str(number * 90))
            other = make_offer(shop.hoster, slug=name.lower(), name=name, tariff=tariff(*prices))
            other.parts.all().delete()
            for each in model.parts.all():
                copy = other.parts.create(component=each.component)
                for right in each.entitlements.all():
                    copy.entitlements.create(metric=right.metric)


MORE_NAMES = ("prunier", "cerisier", "noyer")


def cost(shop: Workshop) -> None:
    typed = {"family": "infrastructure", "label": "Disques", "amount": "900", "nature": "per_client"}
    shop.type("/gestion/etude/couts/", "amount", **typed)


def forget(kind: str, model: type[CostLine | Evidence]) -> Act:
    def act(shop: Workshop) -> None:
        with scope(hoster=shop.hoster):
            pk = model.objects.get().pk
        url = f"/gestion/etude/fiches/{kind}/{pk}/supprimer/"
        assert shop.team.post(url, {"confirmer": "oui"}).status_code == 302

    return act


def ask(shop: Workshop) -> None:
    typed = {"kind": "interview", "title": "Les Amis du lavoir", "people": "1"}
    shop.type("/gestion/etude/enquetes/", "title", **typed)


def explain(shop: Workshop) -> None:
    typed = {"word": "SLA", "explanation": "Ce que l’on promet de tenir."}
    shop.type("/gestion/glossaire/?mot=SLA", "explanation", **typed)


PURPOSE, HELP = "Ranger vos documents.", "Une formation de deux heures"
YEARLY = tariff("10.00", "100.00", "20", terms=[{"months": 12}])
MONTHLY_ONLY = {**tariff("1.00", "1.00", "20", terms=[{"months": 1}]), "charges": [MONTHLY]}

#: Check, the offer where it is read, what is done before, the fault, what mends it, and what comes with the fault.
PLANTED: list[tuple[str, str, Act | None, Act, Act, set[str]]] = [
    ("Q-COMPARE", "petit", None, part("ranger", action="save", **{"{key}-metrics": []}),
     part("ranger", action="save", **{"{key}-metrics": ["storage_gb"]}), set()),
    ("Q-JARGON", "petit", None, about(purpose="Ranger vos documents avec un SLA."), explain, set()),
    ("Q-WHAT", "petit", None, about(purpose="Vos documents."), about(purpose=PURPOSE), set()),
    ("Q-COUNT", "petit", three_more, place(*MORE_NAMES, taken=True), place(*MORE_NAMES, taken=False), set()),
    ("Q-MONOTONE", "grand", None, sold("grand", tariff("20.00", "200.00", "10")), sold("grand", SOLD["grand"]), set()),
    ("Q-TRAP", "grand", draw, bring("dessiner", to="petit"), bring("dessiner", to="grand"), set()),
    ("Q-DOMINATED", "grand", None, sold("petit", SOLD["petit"] | {"options": [MORE]}), sold("petit", SOLD["petit"]),
     set()),
    ("Q-DIFF", "grand", None, sold("petit", tariff("10.00", "100.00", "90")), sold("petit", SOLD["petit"]), set()),
    ("Q-NAME", "petit", None, about(name="Liibre"), about(name="Brindille"), set()),
    ("Q-FAMILY", "petit", None, in_range(prefix="Nid"), in_range(prefix=""), set()),
    ("Q-PRICE", "grand", None, sold("grand", tariff("90.00", "900.00", "90")), sold("grand", SOLD["grand"]), set()),
    ("Q-REVIEW", "petit", None, lambda shop: shop.type(f"{BASE}petit/relire/", "comment", review_on=str(YESTERDAY)),
     lambda shop: shop.type(f"{BASE}petit/relire/", "comment", review_on=str(timezone.localdate())), set()),
    ("Q-NEEDSFIRST", "petit", None, about(purpose="Nextcloud et Collabora, pour vos documents."),
     about(purpose=PURPOSE), set()),
    ("Q-TRIAL", "petit", None, sold("petit", YEARLY), sold("petit", SOLD["petit"]), {"Q-PERIODS"}),
    ("Q-PERIODS", "petit", None, sold("petit", MONTHLY_ONLY), sold("petit", SOLD["petit"]), set()),
    ("Q-DISCOUNT", "petit", None, sold("petit", tariff("10.00", "130.00", "20")), sold("petit", SOLD["petit"]), set()),
    ("Q-LOSS", "petit", None, cost, forget("cout", CostLine), set()),
    ("Q-OPTIONS", "petit", None, sold("petit", SOLD["petit"] | {"options": OPTIONS}), sold("petit", SOLD["petit"]),
     set()),
    ("Q-FOOTNOTE", "petit", None, about(audience="Pour débuter*"), about(notes="* jusqu’à cinq personnes"), set()),
    ("Q-FOOTNOTE", "petit", None, part("ranger", action="save", **{"{key}-detail": "1 heure de support inclus*"}),
     part("ranger", action="save", **{"{key}-detail": "1 heure de support par an"}), set()),
    ("Q-FOOTNOTE", "petit", None, part("ranger", action="save", **{"{key}-words": "30 min de support*"}),
     part("ranger", action="save", **{"{key}-words": "30 min de support par an"}), set()),
    ("Q-DISPLAY", "petit", None, about(purpose="Ranger vos documents pour 299,99 € par mois."),
     about(purpose="Ranger vos documents pour 10 € par mois."), set()),
    ("Q-ACCOMP", "petit", None, take_away("apprendre", of="petit"), bring("apprendre", to="petit"), set()),
    ("Q-HONEST", "petit", None, component("ranger", availability="99,99"), component("ranger", availability="99,5"),
     set()),
    ("Q-TIERS", "petit", None, sold("petit", tariff("1.00", "1.00", "20", **MAXIMUM)), sold("petit", SOLD["petit"]),
     set()),
    ("Q-CLIFF", "petit", None, sold("petit", tariff("1.00", "1.00", "20", **STEPS)), sold("petit", SOLD["petit"]),
     set()),
    ("Q-EVIDENCE", "petit", None, forget("enquete", Evidence), ask, set()),
    ("Q-FOLLOWUP", "petit", None, component("apprendre", function="Installer l’outil et former l’équipe"),
     component("apprendre", function=HELP), set()),
]  # fmt: skip
IMPOSSIBLE = {"Q-CONTACT", "Q-SETUPSHOWN", "Q-NEED", "Q-SURMESURE", "Q-TTC"}


def checks(found: list[LinkedFinding]) -> Counter[str]:
    return Counter(each.finding.check for each in found)


@pytest.mark.parametrize(
    ("check", "slug", "before", "plant", "mend", "besides"), PLANTED, ids=[each[0] for each in PLANTED]
)
def test_fault_typed_in_the_workshop_is_told_where_it_is_mended(
    workshop: Workshop, check: str, slug: str, before: Act | None, plant: Act, mend: Act, besides: set[str]
) -> None:
    if before:
        before(workshop)
    calm = checks(workshop.remarks(slug))
    plant(workshop)
    told = workshop.remarks(slug)
    assert set(checks(told) - calm) == {check} | besides
    for each in told:
        if each.finding.check == check:
            leads_to_a_place(workshop, each.url)
    mend(workshop)
    assert checks(workshop.remarks(slug)) == calm


def leads_to_a_place(workshop: Workshop, url: str) -> None:
    """The page opens, and has what the link names."""
    address, _hash, id = url.partition("#")
    page = workshop.team.get(address)
    assert page.status_code == 200, url
    assert id, url
    assert f'id="{id}"' in page.content.decode(), url


@pytest.mark.parametrize(
    "path",
    ["hoster.vat_regime", "availability", "market", "evidence", "range.nids", "range.purpose", "parts[0].need",
     "parts[0].function", "parts[0].prerequisites", "parts[0].detail", "exit_help", "tariff.options", "tariff.terms"],
)  # fmt: skip
def test_other_paths_lead_to_a_place_too(workshop: Workshop, path: str) -> None:
    with scope(hoster=workshop.hoster):
        url = link_to(Offer.objects.get(slug="petit"), path)
    leads_to_a_place(workshop, url)


def test_every_check_is_typed_or_cannot_be() -> None:
    assert {check.code for check in CHECKS} == {each[0] for each in PLANTED} | {"Q-EXIT"} | IMPOSSIBLE


def test_draft_is_told_what_its_end_lacks_until_it_says_it(workshop: Workshop) -> None:
    """Q-EXIT: the form refuses an empty answer, so that only a draft that never answered may lack one."""
    typed = {"name": "Ramille", "audience": "Pour tout le monde", "purpose": "Un endroit à vous, simple."}
    workshop.type(f"{BASE}nouvelle/", "purpose", **typed)
    (told,) = [each for each in workshop.remarks("ramille") if each.finding.check == "Q-EXIT"]
    assert told.url == f"{BASE}ramille/fin-de-contrat/#id_export_formats"
    leads_to_a_place(workshop, told.url)
    workshop.type(f"{BASE}ramille/fin-de-contrat/", "notice_days", export_formats="fichiers tels quels")
    assert "Q-EXIT" not in checks(workshop.remarks("ramille"))


@pytest.mark.parametrize(
    ("page", "field", "typed", "check"),
    [
        ("", "purpose", {"purpose": ""}, "ne dit pas à quoi ça sert"),
        ("", "purpose", {"audience": "Pour débuter*"}, "renvoie à une note"),
        ("fin-de-contrat/", "notice_days", {"export_formats": ""}, "dans quels formats"),
        ("fin-de-contrat/", "notice_days", {"erasure_days": "3"}, "effacez-les plus tard"),
        ("fin-de-contrat/", "notice_days", {"change_procedure": ""}, "comment on change d’offre"),
    ],
)
def test_what_a_form_would_refuse_is_told_before_it_is_saved(
    workshop: Workshop, page: str, field: str, typed: dict[str, str], check: str
) -> None:
    """Q-WHAT, Q-EXIT: the linter speaks as one types; nothing was saved."""
    url = f"{BASE}petit/{page}"
    form = filled(workshop.team.get(url), field)
    assert check not in words(workshop.team.post(url, form, headers=HTMX))
    assert check in words(workshop.team.post(url, form | typed, headers=HTMX))
    assert check not in words(workshop.team.get(url))
