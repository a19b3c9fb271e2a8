"""Two rows become one, with everything that hung on them, and are taken apart again."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client

from crm.duplicates import groups, lookalikes
from crm.merging import MergeRefused, merge, movers, preview, undo
from crm.models import Answer, Contact, Criterion, Merge, Organization, Stage
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster, User
from tests.factories import make_invoice, make_offer
from tests.pages import words
from tests.relations import make_contact, make_interaction, make_organization

#: What hangs on an organisation and does not move: the merge itself, and links between organisations.
STAY = {"crm.Merge", "crm.Organization"}


@pytest.fixture
def double(artifaille: Hoster, alix: User) -> tuple[Organization, Organization]:
    """An organisation by hand, and the same one that bought through the storefront."""
    kept = make_organization(artifaille, alix, tags=["visio"])
    make_interaction(kept, alix)
    invoice = make_invoice(
        make_offer(artifaille),
        organization=OrganizationDetails(
            "Amis du lavoir", "3 place du Marché", "69003", "Lyon", siren="303265045"
        ),
        person=PersonDetails("Sacha", "sacha@lavoir.example", notice="…"),
    )
    return kept, invoice.organization


def test_every_table_that_names_an_organization_says_how_it_moves() -> None:
    named = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Organization
    }
    assert named - STAY <= {name.partition(".")[0] + "." + name.split(".")[1] for name in movers()}


def test_merge_brings_everything_and_is_undone(double: tuple[Organization, Organization], alix: User) -> None:
    kept, absorbed = double
    seen = preview(kept=kept, absorbed=absorbed)
    assert dict(seen.moving)["factures"] == 1 and ("SIREN", "303265045") in seen.learnt
    made = merge(kept=kept, absorbed=absorbed, by=alix)
    kept.refresh_from_db()
    assert (kept.siren, kept.street, kept.stage) == ("303265045", "3 place du Marché", Stage.CLIENT)
    assert (kept.quotes.count(), kept.invoices.count(), kept.subscriptions.count()) == (1, 1, 1)
    assert kept.invoices.get().buyer["name"] == "Amis du lavoir"  # the document says what it said
    assert list(Organization.objects.living()) == [kept]
    undo(merge=made, by=alix)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.siren, kept.street, kept.stage) == ("", "", Stage.CONTACT)
    assert (absorbed.invoices.count(), kept.invoices.count(), absorbed.merged_into) == (1, 0, None)
    assert absorbed.contacts.get().email == "sacha@lavoir.example"


def test_what_came_since_stays_when_a_merge_is_undone(
    double: tuple[Organization, Organization], alix: User
) -> None:
    kept, absorbed = double
    made = merge(kept=kept, absorbed=absorbed, by=alix)
    since = make_contact(kept, "nouvelle@lavoir.example")
    undo(merge=made, by=alix)
    assert list(kept.contacts.all()) == [since]


def test_merge_is_not_undone_when_something_went_elsewhere(
    double: tuple[Organization, Organization], alix: User, artifaille: Hoster
) -> None:
    kept, absorbed = double
    made = merge(kept=kept, absorbed=absorbed, by=alix)
    Contact.objects.update(organization=make_organization(artifaille, alix, "La Fanfare"))
    with pytest.raises(MergeRefused, match="personnes"):
        undo(merge=made, by=alix)
    assert kept.invoices.count() == 1


def test_merge_happens_once_and_is_undone_once(double: tuple[Organization, Organization], alix: User) -> None:
    kept, absorbed = double
    made = merge(kept=kept, absorbed=absorbed, by=alix)
    for pair in ((kept, absorbed), (absorbed, kept), (kept, kept)):
        with pytest.raises(MergeRefused):
            merge(kept=pair[0], absorbed=pair[1], by=alix)
    undo(merge=made, by=alix)
    with pytest.raises(MergeRefused):
        undo(merge=made, by=alix)


def test_answer_of_the_kept_row_wins(artifaille: Hoster, alix: User) -> None:
    kept, absorbed = (
        make_organization(artifaille, alix),
        make_organization(artifaille, alix, "Amis du lavoir"),
    )
    criterion = Criterion.objects.create(hoster=artifaille, question="Budget")
    for row, value in ((kept, "yes"), (absorbed, "no")):
        Answer.objects.create(organization=row, criterion=criterion, value=value, method="interview")
    merge(kept=kept, absorbed=absorbed, by=alix)
    assert kept.answers.get().value == "yes"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"siren": "303265045"}, {"siren": "303265045"}, "même SIREN"),
        ({"rna": "W691234567"}, {"rna": "W691234567"}, "même RNA"),
        ({}, {}, "nom proche"),
    ],
)
def test_lookalikes_say_why(
    artifaille: Hoster, other: Hoster, alix: User, first: dict[str, str], second: dict[str, str], reason: str
) -> None:
    known = make_organization(artifaille, alix, "Les Amis du lavoir", **first)
    make_organization(other, alix, "Les Amis du lavoir", **first)
    [found] = lookalikes(
        organization=Organization(hoster=artifaille, name="Amis du lavoire", town="Lyon", **second)
    )
    assert found.organization == known and reason in found.reasons


def test_same_mail_domain_in_the_same_town_is_a_lookalike(artifaille: Hoster, alix: User) -> None:
    make_contact(make_organization(artifaille, alix, "Maison des jeunes"), "contact@mjc.example")
    met = Organization(hoster=artifaille, name="MJC", town="Lyon")
    assert [each.reasons for each in lookalikes(organization=met, email="sacha@mjc.example")] == [
        ["même domaine de courriel"]
    ]
    assert lookalikes(organization=met, email="sacha@gmail.com") == []


def test_page_finds_and_merges_and_undoes(
    artifaille: Hoster, alix: User, signed_in: Callable[[User], Client]
) -> None:
    first = make_organization(artifaille, alix, "Les Amis du lavoir")
    second = make_organization(artifaille, alix, "Association Amis du lavoir")
    make_organization(artifaille, alix, "La Fanfare")
    [group] = groups(artifaille)
    assert group.organizations == [first, second]
    client = signed_in(alix)
    assert "même nom, même territoire" in words(client.get("/gestion/organisations/doublons/"))
    url = f"/gestion/organisations/{first.pk}/fusionner/"
    assert "Réunir les deux fiches" in words(client.get(url, {"avec": second.pk}))
    client.post(url, {"avec": second.pk})
    assert client.get(second.get_absolute_url())["Location"] == first.get_absolute_url()
    client.post(f"/gestion/fusions/{Merge.objects.get().pk}/annuler/")
    assert Organization.objects.living().count() == 3


@pytest.mark.parametrize("avec", ["", "abc", "²", "-1", "9" * 30])
def test_silly_merge_shows_those_that_look_like_it(
    artifaille: Hoster, alix: User, signed_in: Callable[[User], Client], avec: str
) -> None:
    organization = make_organization(artifaille, alix)
    url = f"/gestion/organisations/{organization.pk}/fusionner/"
    assert signed_in(alix).get(url, {"avec": avec}).status_code == 200
