"""Legal pages and the end of a contract, generated from what the hoster and the offer say."""

from datetime import date

import pytest
from django.test import Client

from crm.workqueue import WorkItem, workqueue
from hosters.legal_identity import missing_identity
from hosters.models import Hoster, Role, Subprocessor
from offers.departure import answers_of, moments_of
from tests.factories import make_offer
from tests.pages import words

INCOMPLETE = [
    ({"legal_name": ""}, "la dénomination sociale"),
    ({"town": ""}, "l’adresse du siège"),
    ({"email": ""}, "l’adresse e-mail"),
    ({"phone": ""}, "le téléphone"),
    ({"siren": ""}, "un numéro d’association (RNA, SIREN ou registre local)"),
    ({"legal_form": "company", "siren": "", "registration": "RCS Lyon"}, "le numéro SIREN"),
    ({"legal_form": "company"}, "l’inscription au registre (RCS et ville)"),
    ({"vat_number": ""}, "le numéro de TVA"),
    ({"publication_director": ""}, "la personne responsable de la publication"),
    ({"site_host": ""}, "qui héberge ce site (nom, adresse, téléphone)"),
    ({"subprocessors_on": None}, "la liste des sous-traitants, même vide, et sa date"),
]


def change(hoster: Hoster, **values: object) -> Hoster:
    Hoster.objects.filter(pk=hoster.pk).update(**values)
    hoster.refresh_from_db()
    return hoster


def warnings(hoster: Hoster) -> list[WorkItem]:
    """What the team is told to do, but for a first offer to write: these hosters sell nothing yet."""
    return [each for each in workqueue(hoster, role=Role.ADMIN) if each.label != "Atelier"]


@pytest.mark.parametrize(("values", "words_"), INCOMPLETE)
def test_what_is_missing_is_said_on_the_page_and_to_staff(
    artifaille: Hoster, values: dict[str, object], words_: str
) -> None:
    """LEG-01."""
    change(artifaille, **values)
    assert missing_identity(artifaille) == [words_]
    assert words_ in words(Client().get("/mentions-legales/"))
    [item] = warnings(artifaille)
    assert words_ in item.detail


def test_complete_identity_warns_nobody(artifaille: Hoster) -> None:
    assert missing_identity(artifaille) == []
    page = words(Client().get("/mentions-legales/"))
    assert "pas complète" not in page
    for said in (
        artifaille.legal_name,
        "303265045",
        "FR40303265045",
        "04 00 00 00 00",
        "Noé Martin",
        "1 rue du Chat",
    ):
        assert said in page
    assert warnings(artifaille) == []


def test_association_without_vat_needs_no_vat_number(artifaille: Hoster) -> None:
    change(artifaille, vat_regime="franchise_293b", vat_number="")
    assert missing_identity(artifaille) == []


def test_example_of_the_course_warns_nobody(artifaille: Hoster) -> None:
    change(artifaille, is_example=True, phone="")
    assert warnings(artifaille) == []
    assert "rien n’y est vendu" in words(Client().get("/mentions-legales/"))


def test_subprocessors_are_named_with_the_day_of_the_list(artifaille: Hoster) -> None:
    """001-018."""
    Subprocessor.objects.create(
        hoster=artifaille, name="Tuile & <b>Zinc</b>", purpose="Copies", data="Sauvegardes", country="France"
    )
    page = Client().get("/sous-traitants/")
    assert "Tuile &amp; &lt;b&gt;Zinc&lt;/b&gt;" in page.content.decode()
    assert "Liste à jour au 1er novembre 2026." in words(page)


def test_empty_list_is_a_statement_only_when_dated(artifaille: Hoster) -> None:
    assert "ne confie les données de ses clients à personne" in words(Client().get("/sous-traitants/"))
    change(artifaille, subprocessors_on=None)
    page = words(Client().get("/sous-traitants/"))
    assert "à personne d’autre" not in page and "pas encore publiée" in page


def test_subprocessors_of_another_hoster_are_not_shown(artifaille: Hoster, other: Hoster) -> None:
    Subprocessor.objects.create(
        hoster=artifaille, name="Zinc", purpose="Copies", data="Tout", country="France"
    )
    assert "Zinc" not in words(Client().get("/chez/gouttiere/sous-traitants/"))


def test_accessibility_claims_no_audit(artifaille: Hoster) -> None:
    """ACC-01, ACC-02: the state as it is, whom to tell, and who is not bound by law."""
    page = words(Client().get("/accessibilite/"))
    assert "n’a pas fait l’objet d’un audit" in page
    assert artifaille.email in page
    for said in ("démarche volontaire", "moins de dix personnes", "Défenseur des droits"):
        assert said in page


class TestDeparture:
    def test_days_are_those_of_the_offer(self, artifaille: Hoster) -> None:
        offer = make_offer(artifaille, notice_days=15, retrieval_days=40, erasure_days=70)
        assert [moment.day for moment in moments_of(offer)] == [0, 15, 55, 85]

    def test_page_says_what_is_given_back_and_how_to_leave(self, artifaille: Hoster) -> None:
        make_offer(
            artifaille, slug="marmule", export_formats="ODT, CSV et iCal", exit_help="nous migrons avec vous"
        )
        page = words(Client().get("/offres/marmule/depart/"))
        for said in (
            "ODT, CSV et iCal",
            "Nous migrons avec vous.",
            "Jour 30",
            "Jour 60",
            "Résilier votre contrat",
        ):
            assert said in page

    def test_unsaid_formats_are_not_invented(self, artifaille: Hoster) -> None:
        offer = make_offer(artifaille, export_formats="")
        assert any("formats à préciser" in answer.text for answer in answers_of(offer))

    def test_offer_page_answers_the_questions(self, artifaille: Hoster) -> None:
        """003-042, 002-155, ASS-05: how one leaves, on the page of each offer."""
        make_offer(artifaille, slug="marmule", data_location="Lyon")
        page = words(Client().get("/offres/marmule/"))
        for said in ("Peut-on partir quand on veut", "frais de départ", "Ici : Lyon."):
            assert said in page

    def test_draft_has_no_departure_page(self, artifaille: Hoster) -> None:
        make_offer(artifaille, slug="brouillon", state="draft")
        assert Client().get("/offres/brouillon/depart/").status_code == 404

    def test_page_says_what_protects_from_another_state(self, artifaille: Hoster) -> None:
        """CON-09: law of the place and measures against access by a third country (data regulation, article 28)."""
        told = words(Client().get("/reversibilite/"))
        assert "Si un autre État" not in told
        Hoster.objects.update(data_place="Lyon, en France", foreign_access="Tout est chiffré.")
        told = words(Client().get("/reversibilite/"))
        assert "Lyon, en France. C’est le droit de ce pays qui s’y applique." in told
        assert "Si un autre État demandait vos données Tout est chiffré." in told

    def test_every_offer_is_on_the_page_of_reversibility(self, artifaille: Hoster) -> None:
        make_offer(artifaille, name="Opale")
        make_offer(artifaille, name="Secrète", state="draft")
        page = words(Client().get("/reversibilite/"))
        assert "Opale" in page and "Secrète" not in page


def test_date_of_the_list_is_a_day(artifaille: Hoster) -> None:
    assert artifaille.subprocessors_on == date(2026, 11, 1)
