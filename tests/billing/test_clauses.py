"""The clause library: what it proposes, what a hoster chooses, what a quote copies (003-016 to 020, 003-033 to 038)."""

from collections.abc import Callable

import pytest
from django.test import Client

from billing.clauses.choices import choose_clause, chosen_clauses, forget_choice, sample
from billing.clauses.library import BY_CODE, CLAUSES
from billing.models import ClauseChoice, QuoteConditions
from hosters.models import Hoster, Role, User
from offers.models import Offer
from tests.factories import make_offer, make_quote, make_staff
from tests.pages import words

SignIn = Callable[[User], Client]
SLOW = {"calendar": "permanent", "gti": 2, "gtr": 6}
LEVEL = "niveau-de-service"


def texts(hoster: Hoster, offer: Offer | None = None) -> dict[str, str]:
    """The sentences of each clause that is used."""
    return {
        each.clause.code: " ".join(sample(each, offer)) for each in chosen_clauses(hoster, offer) if each.used
    }


def test_library_covers_what_a_contract_must_settle() -> None:
    asked = {"performance", "confidentialite", "reversibilite", "imprevision", LEVEL, "penalites"}
    assert asked | {"donnees", "factures", "propriete", "resiliation", "continuite"} == set(BY_CODE)
    always = {each.code for each in CLAUSES if each.always}
    assert always == {"donnees", "factures", "reversibilite", "resiliation"}


def test_hardship_lists_its_cases(artifaille: Hoster) -> None:
    """003-019: what nobody could foresee, in cases that the hoster may write, and how one leaves then."""
    choose_clause(
        hoster=artifaille,
        offer=None,
        code="imprevision",
        used=True,
        values={"talk_days": 45, "cases": "crue de la Saône, coupure du réseau"},
    )
    kept = QuoteConditions.objects.get(quote=make_quote(make_offer(artifaille)))
    (clause,) = (each for each in kept.clauses if each["code"] == "imprevision")
    text = " ".join(clause["paragraphs"])
    assert "notamment : crue de la Saône, coupure du réseau" in text
    assert "au bout de 45 jours, chacune peut partir sans frais" in text


def test_invoices_without_paper_are_accepted_with_the_quote(artifaille: Hoster) -> None:
    """NUM-06: the clause is frozen in the conditions that are accepted, with their day and their seal."""
    kept = QuoteConditions.objects.get(quote=make_quote(make_offer(artifaille)))
    (clause,) = (each for each in kept.clauses if each["code"] == "factures")
    assert "accepte de recevoir ses factures" in clause["paragraphs"][0]


def test_proposed_level_is_honest(artifaille: Hoster) -> None:
    """C8: business hours and no penalty, said plainly, until the hoster can hold more."""
    told = texts(artifaille)
    assert "du lundi au vendredi" in told[LEVEL] and "8 heures" in told[LEVEL]
    assert told["penalites"].startswith("Aucune pénalité forfaitaire")
    assert "performance" not in told and "continuite" not in told


def test_penalties_say_their_rate_and_ceiling(artifaille: Hoster) -> None:
    choose_clause(
        hoster=artifaille, offer=None, code="penalites", used=True, values={"percent": 2, "ceiling": 20}
    )
    assert "2 % du prix mensuel du service, au plus 20 % du prix du mois" in texts(artifaille)["penalites"]


def test_offer_has_its_own_choice_and_gives_it_back(artifaille: Hoster) -> None:
    ours, another = make_offer(artifaille), make_offer(artifaille)
    choose_clause(hoster=artifaille, offer=ours, code=LEVEL, used=True, values=SLOW)
    assert "de jour comme de nuit" in texts(artifaille, ours)[LEVEL]
    assert "du lundi au vendredi" in texts(artifaille, another)[LEVEL]
    forget_choice(hoster=artifaille, offer=ours, code=LEVEL)
    assert "du lundi au vendredi" in texts(artifaille, ours)[LEVEL]


def test_offer_follows_the_default_of_its_hoster(artifaille: Hoster, other: Hoster) -> None:
    choose_clause(hoster=artifaille, offer=None, code=LEVEL, used=False, values={})
    assert LEVEL not in texts(artifaille, make_offer(artifaille))
    assert LEVEL in texts(other) or not ClauseChoice.objects.filter(hoster=other).exists()


def test_clause_of_the_law_cannot_be_removed(artifaille: Hoster) -> None:
    """003-018, CON-12: leaving with one's data and personal data are in every contract."""
    choose_clause(
        hoster=artifaille, offer=None, code="reversibilite", used=False, values={"training_hours": 2}
    )
    told = texts(artifaille, make_offer(artifaille))
    assert "fichiers tels quels" in told["reversibilite"] and "2 heures de formation" in told["reversibilite"]


def test_quote_keeps_the_clauses_of_its_day(artifaille: Hoster) -> None:
    """003-020."""
    offer = make_offer(artifaille)
    before = make_quote(offer)
    choose_clause(hoster=artifaille, offer=None, code=LEVEL, used=True, values=SLOW)
    after = make_quote(offer)
    level = {
        row.quote_id: next(each for each in row.clauses if each["code"] == LEVEL)["paragraphs"]
        for row in QuoteConditions.objects.all()
    }
    assert "vendredi" in level[before.pk][1] and "nuit" in level[after.pk][1]


def test_staff_set_a_clause(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    page = signed_in(alix).post(
        f"/gestion/clauses/{LEVEL}/",
        {"used": "on", "calendar": "etendu", "gti": "4", "gtr": "12"},
        follow=True,
    )
    assert "Clause enregistrée" in words(page) and "du lundi au samedi" in words(page)
    row = ClauseChoice.objects.get()
    assert (row.offer, row.values) == (None, {"calendar": "etendu", "gti": 4, "gtr": 12})


def test_staff_set_a_clause_for_one_offer_then_come_back(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    offer, client = make_offer(artifaille, slug="marmule"), signed_in(alix)
    url = "/gestion/offres/marmule/clauses/penalites/"
    client.post(url, {"used": "on", "percent": "1", "ceiling": "10"})
    assert ClauseChoice.objects.get().offer == offer
    assert "réglée pour cette offre" in words(client.get("/gestion/offres/marmule/clauses/"))
    client.post(f"{url}defaut/")
    assert not ClauseChoice.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"gti": "1", "gtr": "4", "calendar": "bureau"},
        {"gti": "8", "gtr": "9999", "calendar": "bureau"},
        {"gti": "8", "gtr": "24", "calendar": "jamais"},
        {"gti": "", "gtr": "24", "calendar": "bureau"},
    ],
)
def test_value_out_of_bounds_is_refused(
    artifaille: Hoster, alix: User, signed_in: SignIn, typed: dict[str, str]
) -> None:
    assert signed_in(alix).post(f"/gestion/clauses/{LEVEL}/", {"used": "on"} | typed).status_code == 422
    assert not ClauseChoice.objects.exists()


def test_secret_has_a_scope_and_a_duration(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """003-017: neither may be left out, and the contract says both."""
    page = "/gestion/clauses/confidentialite/"
    for missing in ("scope", "years"):
        typed = {"used": "on", "scope": "les adhérents", "years": "5"} | {missing: ""}
        assert signed_in(alix).post(page, typed).status_code == 422
        assert not ClauseChoice.objects.exists(), missing
    values: dict[str, int | str] = {"scope": "les adhérents", "years": 5}
    choose_clause(hoster=artifaille, offer=None, code="confidentialite", used=True, values=values)
    told = texts(artifaille)["confidentialite"]
    assert "notamment : les adhérents." in told and "5 ans après" in told


def test_objective_needs_a_measure(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """003-016: used without an indicator, the clause would promise nothing."""
    answer = signed_in(alix).post(
        "/gestion/clauses/performance/", {"used": "on", "share": "10", "indicator": " "}
    )
    assert answer.status_code == 422 and "Écrivez-le" in words(answer)


def test_unknown_clause_is_a_404(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    assert signed_in(alix).get("/gestion/clauses/inconnue/").status_code == 404


@pytest.mark.parametrize("role", [Role.SALES, Role.ACCOUNTANT])
def test_only_administrators_set_clauses(artifaille: Hoster, signed_in: SignIn, role: Role) -> None:
    client = signed_in(make_staff(artifaille, role))
    assert "Régler" not in words(client.get("/gestion/clauses/"))
    assert client.post("/gestion/clauses/penalites/", {"percent": "1", "ceiling": "5"}).status_code == 403


def test_braces_and_percents_typed_by_staff_are_text(artifaille: Hoster) -> None:
    typed = "grève %(days)s {settings} 100 % %s"
    choose_clause(
        hoster=artifaille,
        offer=None,
        code="imprevision",
        used=True,
        values={"talk_days": 60, "cases": typed},
    )
    assert typed in texts(artifaille)["imprevision"]
