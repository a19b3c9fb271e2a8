"""What a hoster promises: downtime in words, shares that close, and what is expected before publishing."""

import json
from decimal import Decimal

import pytest
from django_scopes import scope

from hosters.availability import downtime_per_year, in_words
from hosters.charter import CHARTER
from hosters.models import CharterCommitment, Hoster, Statement, TermsKind
from hosters.promise import cost_shares, public_promise, status_in_words
from hosters.publishing import missing_to_publish
from tests.factories import make_hoster, make_terms, say_everything


@pytest.mark.parametrize(
    ("target", "minutes"), [("99.99", "52.56"), ("99.9", "525.60"), ("99.5", "2628.0"), ("100", "0")]
)
def test_downtime_is_that_of_a_year_of_365_days(target: str, minutes: str) -> None:
    """002-084: 99.99 % is 52.56 minutes a year."""
    assert downtime_per_year(Decimal(target)) == Decimal(minutes)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ("0", "0\u00a0minute"),
        ("1", "1\u00a0minute"),
        ("52.56", "53\u00a0minutes"),
        ("60", "1\u00a0h"),
        ("59.5", "1\u00a0h"),
        ("525.6", "8\u00a0h\u00a046"),
        ("2628", "43\u00a0h\u00a048"),
        ("5256", "3\u00a0jours\u00a0et\u00a016\u00a0heures"),
        ("2880", "2\u00a0jours"),
    ],
)
def test_duration_is_said_as_people_say_it(minutes: str, said: str) -> None:
    assert in_words(Decimal(minutes)) == said


def test_shares_are_told_only_when_they_close_on_a_hundred(artifaille: Hoster) -> None:
    """002-023, 002-083."""
    assert cost_shares(artifaille) == []
    artifaille.cost_infrastructure, artifaille.cost_salaries = 30, 50
    artifaille.cost_operations, artifaille.cost_savings = 20, 0
    assert [share["percent"] for share in cost_shares(artifaille)] == [30, 50, 20, 0]
    artifaille.cost_savings = 1
    assert cost_shares(artifaille) == []


@pytest.mark.parametrize(
    ("form", "said"),
    [("association", "but non lucratif"), ("cooperative", "une personne, une voix"), ("company", "")],
)
def test_legal_form_alone_warrants_a_sentence_or_none(artifaille: Hoster, form: str, said: str) -> None:
    """002-099: nothing is claimed for a company that said nothing."""
    artifaille.legal_form = form
    told = status_in_words(artifaille)
    assert said in told and bool(told) == bool(said)


def test_promise_is_plain_data_that_a_document_can_copy(artifaille: Hoster) -> None:
    say_everything(artifaille)
    Statement.objects.create(hoster=artifaille, kind="limit", title="Secret", is_public=False)
    promise = public_promise(artifaille)
    assert json.loads(json.dumps(promise)) == promise
    assert promise["availability"]["per_year"] == "43\u00a0h\u00a048"
    assert [each["title"] for each in promise["limits"]] == ["Fermé la nuit"]
    assert len(promise["charter"]) == 10


def test_promise_of_a_hoster_that_said_nothing_is_empty(artifaille: Hoster) -> None:
    promise = public_promise(artifaille)
    assert promise["availability"] is None
    assert not any(promise[name] for name in ("backups", "strengths", "limits", "values", "charter"))


def test_hoster_that_said_everything_may_publish(artifaille: Hoster) -> None:
    assert missing_to_publish(say_everything(artifaille)) == []


MISSING = [
    ({"contact_person": ""}, "settings_welcome", "contact_person"),
    ({"contact_hours": ""}, "settings_welcome", "contact_person"),
    ({"availability_target": None}, "settings_availability", "availability_target"),
    ({"backup_copies": None}, "settings_availability", "backup_copies"),
    ({"data_place": ""}, "settings_availability", "data_place"),
    ({"foreign_access": ""}, "settings_availability", "foreign_access"),
    ({"why_paid": ""}, "settings_price", "why_paid"),
    ({"phone": ""}, "settings_identity", "phone"),
    ({"vat_number": ""}, "settings_billing", "vat_number"),
    ({"subprocessors_on": None}, "settings_subprocessors", "form-0-name"),
]


@pytest.mark.parametrize(("values", "page", "field"), MISSING)
def test_what_is_missing_leads_to_its_field(
    artifaille: Hoster, values: dict[str, object], page: str, field: str
) -> None:
    Hoster.objects.filter(pk=say_everything(artifaille).pk).update(**values)
    artifaille.refresh_from_db()
    [gap] = missing_to_publish(artifaille)
    assert (gap.section, gap.field) == (f"staff:{page}", field)
    assert gap.url.endswith(f"#id_{field}")


def test_text_that_clients_accept_is_missing_until_it_is_published(db: None) -> None:
    """LEG-02: nothing is sold while the conditions of sale are an empty page."""
    hoster = make_hoster("sans-conditions", terms=False)
    with scope(hoster=hoster):
        make_terms(say_everything(hoster), TermsKind.PROCESSING)
        [gap] = missing_to_publish(hoster)
    assert "conditions générales" in gap.label and gap.url == "/gestion/conditions/"


def test_limit_that_is_not_shown_is_no_limit(artifaille: Hoster) -> None:
    """002-081: at least one limit is said to everybody."""
    say_everything(artifaille)
    Statement.objects.update(is_public=False)
    assert ["une limite" in gap.label for gap in missing_to_publish(artifaille)] == [True]


def test_commitment_without_answer_is_counted(artifaille: Hoster) -> None:
    say_everything(artifaille)
    CharterCommitment.objects.filter(code__in=[CHARTER[2].code, CHARTER[5].code]).delete()
    [gap] = missing_to_publish(artifaille)
    assert "il en reste 2" in gap.label and gap.field == "form-2-status"


def test_limits_of_another_hoster_are_not_ours(artifaille: Hoster, other: Hoster) -> None:
    say_everything(artifaille)
    with scope(hoster=other):
        assert public_promise(other)["limits"] == []
