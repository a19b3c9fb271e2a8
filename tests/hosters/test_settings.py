"""The settings of a hoster: short forms, errors that say what to do, and who changed what."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from hosters.charter import CHARTER
from hosters.models import CharterCommitment, Hoster, SettingChange, Statement, Subprocessor, User
from tests.factories import make_offer, make_quote
from tests.pages import words

SignIn = Callable[[User], Client]
ROOT = "/gestion/reglages/"
IDENTITY = {
    "name": "Artifaille",
    "legal_name": "Association Artifaille",
    "legal_form": "association",
    "siren": "303 265 045",
    "rna": "w 691 234 567",
    "street": "1 rue du Chat",
    "postcode": "69001",
    "town": "Lyon",
    "country": "FR",
    "email": "bonjour@artifaille.example",
    "phone": "04 00 00 00 00",
}
BILLING = {
    "vat_regime": "redevable",
    "vat_number": "FR 40 303 265 045",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "quote_prefix": "dev",
    "invoice_prefix": "F",
    "quote_validity_days": "60",
    "payment_days": "30",
    "debit_notice_days": "14",
}


@pytest.fixture
def manager(alix: User, signed_in: SignIn) -> Client:
    return signed_in(alix)


def rows(*told: dict[str, str], extra: int = 0) -> dict[str, str]:
    """A list as the page sends it."""
    sent = {"form-TOTAL_FORMS": str(len(told) + extra), "form-INITIAL_FORMS": "0"}
    return sent | {f"form-{rank}-{key}": value for rank, row in enumerate(told) for key, value in row.items()}


def test_overview_says_what_is_missing_and_where(artifaille: Hoster, manager: Client) -> None:
    Hoster.objects.update(phone="")
    page = manager.get(ROOT).content.decode()
    assert 'href="/gestion/reglages/identite/#id_phone"' in page
    assert "Avant de publier" in page


@pytest.mark.parametrize("number", [0, 30])
def test_overview_is_read_in_few_queries(
    artifaille: Hoster, alix: User, manager: Client, django_assert_num_queries: Any, number: int
) -> None:
    SettingChange.objects.bulk_create(
        SettingChange(hoster=artifaille, by=alix, section="Identité", what=f"n {index}")
        for index in range(number)
    )
    manager.get(ROOT)
    with django_assert_num_queries(9):
        manager.get(ROOT)


def test_identity_is_kept_with_its_author(artifaille: Hoster, alix: User, manager: Client) -> None:
    answer = manager.post(f"{ROOT}identite/", IDENTITY | {"town": "Villeurbanne"}, follow=True)
    artifaille.refresh_from_db()
    assert (artifaille.siren, artifaille.rna, artifaille.town) == ("303265045", "W691234567", "Villeurbanne")
    change = SettingChange.objects.get(what="commune")
    assert (change.by, change.before, change.after) == (alix, "Lyon", "Villeurbanne")
    assert "Enregistré" in words(answer) and "Villeurbanne" in words(answer)


def test_form_sent_as_it_was_changes_nothing(artifaille: Hoster, manager: Client) -> None:
    manager.post(f"{ROOT}identite/", IDENTITY)
    before = SettingChange.objects.count()
    assert "Rien n’avait changé" in words(manager.post(f"{ROOT}identite/", IDENTITY, follow=True))
    assert SettingChange.objects.count() == before


@pytest.mark.parametrize(
    ("page", "sent", "said"),
    [
        ("identite", IDENTITY | {"siren": "123456789"}, "Ce SIREN n’est pas valable"),
        ("identite", IDENTITY | {"rna": "691234567"}, "Ce numéro RNA n’est pas valable"),
        ("identite", IDENTITY | {"email": "bonjour"}, "valide"),
        ("identite", IDENTITY | {"legal_name": ""}, "obligatoire"),
        ("identite", IDENTITY | {"country": "CH"}, "Aucun taux de TVA"),
        ("tva-et-factures", BILLING | {"iban": "FR7630006000011234567890188"}, "Cet IBAN n’est pas valable"),
        ("tva-et-factures", BILLING | {"iban": "<script>"}, "Cet IBAN n’est pas valable"),
        ("tva-et-factures", BILLING | {"vat_number": "FR00000000000"}, "numéro de TVA n’est pas valable"),
        ("tva-et-factures", BILLING | {"vat_number": "FR03552081317"}, "ne finit pas par votre SIREN"),
        ("tva-et-factures", BILLING | {"invoice_prefix": "DEV"}, "un autre préfixe"),
        ("tva-et-factures", BILLING | {"invoice_prefix": "F/1"}, "lettres capitales"),
        ("tva-et-factures", BILLING | {"payment_days": "90"}, "60"),
        ("tva-et-factures", BILLING | {"vat_regime": "inventé"}, "Sélectionnez un choix valide"),
        ("disponibilite", {"availability_target": "101"}, "100"),
        ("disponibilite", {"availability_target": "beaucoup"}, "nombre"),
        ("juste-prix", {"cost_infrastructure": "50"}, "font 50 %"),
        (
            "juste-prix",
            {
                "cost_infrastructure": "50",
                "cost_salaries": "50",
                "cost_operations": "50",
                "cost_savings": "-50",
            },
            "supérieur",
        ),
        ("apparence", {"brand_color": "red"}, "#1f6f5c"),
        ("apparence", {"brand_color": "#fff;}body{"}, "7 caractères"),
    ],
)
def test_wrong_answer_is_said_and_nothing_is_kept(
    artifaille: Hoster, manager: Client, page: str, sent: dict[str, str], said: str
) -> None:
    before = Hoster.objects.filter(pk=artifaille.pk).values().get()
    answer = manager.post(f"{ROOT}{page}/", sent)
    assert answer.status_code == 200
    assert said in words(answer) and "Il reste à corriger" in words(answer)
    assert Hoster.objects.filter(pk=artifaille.pk).values().get() == before


def test_wrong_name_is_not_shown_as_the_name_of_the_site(artifaille: Hoster, manager: Client) -> None:
    answer = manager.post(f"{ROOT}identite/", IDENTITY | {"name": "Piraté", "email": ""})
    assert 'class="brand__name">Artifaille<' in answer.content.decode()


def test_billing_is_kept_without_the_spaces_that_people_type(artifaille: Hoster, manager: Client) -> None:
    manager.post(f"{ROOT}tva-et-factures/", BILLING)
    artifaille.refresh_from_db()
    assert (artifaille.iban, artifaille.vat_number) == ("FR7630006000011234567890189", "FR40303265045")
    assert artifaille.quote_prefix == "DEV"


def test_prefix_stays_once_a_document_was_issued(artifaille: Hoster, manager: Client) -> None:
    """NUM-01: the series of numbers keeps its shape."""
    make_quote(make_offer(artifaille))
    assert "Des documents portent déjà ce préfixe" in words(manager.get(f"{ROOT}tva-et-factures/"))
    manager.post(f"{ROOT}tva-et-factures/", BILLING)
    artifaille.refresh_from_db()
    assert artifaille.quote_prefix == "D"


def test_other_fields_are_left_by_a_form(artifaille: Hoster, manager: Client) -> None:
    """What a client adds to a form is not read."""
    manager.post(
        f"{ROOT}accueil/", {"contact_person": "Noé", "iban": "FR00", "slug": "pris", "domain": "x.example"}
    )
    artifaille.refresh_from_db()
    assert artifaille.contact_person == "Noé"
    assert (artifaille.slug, artifaille.domain) == ("artifaille", "")
    assert artifaille.iban == "FR7630006000011234567890189"


def test_paragraph_is_kept_on_one_line(artifaille: Hoster, manager: Client) -> None:
    """A catalogue file writes each text on a line: the same text comes back."""
    manager.post(f"{ROOT}juste-prix/", {"why_paid": "Des gens\r\n\r\nvous répondent."})
    artifaille.refresh_from_db()
    assert artifaille.why_paid == "Des gens vous répondent."


def test_colours_are_only_looked_at_until_they_are_kept(artifaille: Hoster, manager: Client) -> None:
    sent = {"brand_color": "#ffee00", "accent_color": "#102030", "own_accent": "on"}
    looked = manager.post(f"{ROOT}apparence/", sent | {"voir": "1"})
    assert 'fill="#ffee00"' in looked.content.decode()
    artifaille.refresh_from_db()
    assert artifaille.brand_color == "#1f6f5c"
    manager.post(f"{ROOT}apparence/", sent)
    css = Client().get("/marque.css").content.decode()
    assert "--brand: #ffee00;" in css and "--lamp: #102030;" in css and "--on-lamp: #ffffff;" in css
    manager.post(f"{ROOT}apparence/", sent | {"own_accent": ""})
    assert "--lamp" not in Client().get("/marque.css").content.decode()


def test_unreadable_colour_is_corrected_and_said(artifaille: Hoster, manager: Client) -> None:
    sent = {"brand_color": "#777777", "voir": "1"}
    assert "ne permettait pas de lire un texte" in words(manager.post(f"{ROOT}apparence/", sent))


def test_empty_list_of_subprocessors_is_dated(artifaille: Hoster, manager: Client) -> None:
    """CON-12: a date says that the empty list is meant."""
    Hoster.objects.update(subprocessors_on=None)
    manager.post(f"{ROOT}sous-traitants/", rows(extra=2))
    artifaille.refresh_from_db()
    assert artifaille.subprocessors_on is not None


def test_rows_may_exchange_their_names_and_leave(artifaille: Hoster, manager: Client) -> None:
    row = {"purpose": "Copies", "data": "Tout", "country": "France"}
    manager.post(f"{ROOT}sous-traitants/", rows(row | {"name": "Zinc"}, row | {"name": "Tuile"}, extra=1))
    manager.post(f"{ROOT}sous-traitants/", rows(row | {"name": "Tuile"}, row | {"name": "Zinc"}))
    assert [each.name for each in Subprocessor.objects.all()] == ["Tuile", "Zinc"]
    manager.post(
        f"{ROOT}sous-traitants/", rows(row | {"name": "Tuile", "DELETE": "on"}, row | {"name": "Zinc"})
    )
    assert [each.name for each in Subprocessor.objects.all()] == ["Zinc"]


LIMIT = {"kind": "limit", "title": "Fermé la nuit", "text": "Une panne attend le matin.", "is_public": "on"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (rows(LIMIT | {"evidence_url": "javascript:alert(1)"}), "URL valide"),
        (rows(LIMIT | {"evidence_url": "ftp://exemple.example/"}), "URL valide"),
        (rows(LIMIT | {"kind": "autre"}), "choix valide"),
        (rows(LIMIT | {"title": ""}), "obligatoire"),
        (rows(LIMIT, LIMIT | {"title": "FERMÉ LA NUIT"}), "déjà dans la liste"),
        ({"form-TOTAL_FORMS": "pirate"}, "ManagementForm"),
        (rows(extra=5000), "60"),
    ],
)
def test_wrong_row_is_said_and_the_list_stays(
    artifaille: Hoster, manager: Client, sent: dict[str, str], said: str
) -> None:
    Statement.objects.create(hoster=artifaille, kind="value", title="Transparence")
    answer = manager.post(f"{ROOT}forces-et-limites/", sent)
    assert answer.status_code == 200 and said in words(answer)
    assert [each.title for each in Statement.objects.all()] == ["Transparence"]


def test_statement_is_shown_when_it_is_public(artifaille: Hoster, manager: Client) -> None:
    hidden = LIMIT | {"title": "<b>Secrète</b>", "is_public": ""}
    manager.post(f"{ROOT}forces-et-limites/", rows(LIMIT | {"text": "<script>x</script>"}, hidden))
    page = Client().get("/nos-engagements/").content.decode()
    assert "Fermé la nuit" in page and "&lt;script&gt;x" in page
    assert "Secrète" not in page
    assert "[non montré]" in SettingChange.objects.get().after


def test_charter_is_answered_by_rank_not_by_code(artifaille: Hoster, manager: Client) -> None:
    """002-096: ten rows, whatever the client adds."""
    sent = rows(
        {"status": "kept", "code": "autre"}, {"status": ""}, {"status": "no", "text": "Trop tôt."}, extra=7
    )
    manager.post(f"{ROOT}charte/", sent)
    told = {each.code: each.status for each in CharterCommitment.objects.all()}
    assert told == {CHARTER[0].code: "kept", CHARTER[2].code: "no"}
    page = words(Client().get("/nos-engagements/"))
    assert "Ne pas suivre les usages" in page and "Trop tôt." in page
    assert str(CHARTER[1].title) not in page


def test_proof_that_is_no_address_is_refused_in_its_row(artifaille: Hoster, manager: Client) -> None:
    sent = {"form-3-status": "kept", "form-3-evidence_url": "javascript:alert(1)"}
    answer = manager.post(f"{ROOT}charte/", sent)
    assert "URL valide" in words(answer)
    assert not CharterCommitment.objects.exists()


def test_list_sent_as_it_was_is_no_change(artifaille: Hoster, manager: Client) -> None:
    manager.post(f"{ROOT}forces-et-limites/", rows(LIMIT))
    manager.post(f"{ROOT}forces-et-limites/", rows(LIMIT))
    assert SettingChange.objects.count() == 1


def test_other_hoster_keeps_its_lists(artifaille: Hoster, other: Hoster, manager: Client) -> None:
    with scope(hoster=other):
        Statement.objects.create(hoster=other, kind="limit", title="À eux")
    manager.post(f"/chez/artifaille{ROOT}forces-et-limites/", rows(LIMIT))
    with scope(hoster=other):
        assert [each.title for each in Statement.objects.all()] == ["À eux"]
        assert SettingChange.objects.count() == 0


def test_settings_are_the_managers(artifaille: Hoster, bastien: User, signed_in: SignIn) -> None:
    browser = signed_in(bastien)
    assert browser.get(ROOT).status_code == 403
    assert "Réglages" not in words(browser.get("/gestion/"))
