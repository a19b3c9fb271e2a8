"""Prospect, lead, client: forward only, with evidence, in the hoster's own words."""

import pytest

from crm.models import Organization, Stage, StageChange
from crm.stages import ORDER, advance_stage, stage_label
from hosters.models import Hoster


@pytest.fixture
def organization(artifaille: Hoster) -> Organization:
    return Organization.objects.create(hoster=artifaille, name="Les Amis du lavoir")


def stages(organization: Organization) -> list[str]:
    return list(
        StageChange.objects.filter(organization=organization).order_by("pk").values_list("after", flat=True)
    )


def test_stage_advances_with_its_evidence(organization: Organization) -> None:
    """004-045."""
    change = advance_stage(organization=organization, to=Stage.INTEREST, evidence="devis demandé")
    assert change is not None
    assert (change.before, change.after, change.evidence) == (Stage.CONTACT, Stage.INTEREST, "devis demandé")
    organization.refresh_from_db()
    assert organization.stage == Stage.INTEREST


@pytest.mark.parametrize("start", ORDER)
def test_stage_never_goes_back_nor_repeats(organization: Organization, start: Stage) -> None:
    Organization.objects.update(stage=start)
    for to in ORDER[: ORDER.index(start) + 1]:
        assert advance_stage(organization=organization, to=to, evidence="…") is None
    assert stages(organization) == []


def test_long_evidence_is_cut(organization: Organization) -> None:
    change = advance_stage(organization=organization, to=Stage.CLIENT, evidence="a" * 500)
    assert change is not None and len(change.evidence) == 200


@pytest.mark.parametrize(
    ("preset", "words"),
    [("plan", ["Prospect", "Lead", "Client"]), ("article", ["Lead", "Prospect", "Client"])],
)
def test_words_are_the_hosters(artifaille: Hoster, preset: str, words: list[str]) -> None:
    """004-009, CARD-005, C1: prospect, lead, client by default; the same codes in the order of the article."""
    assert Hoster().stage_preset == "plan"
    artifaille.stage_preset = preset
    assert [stage_label(stage, artifaille) for stage in ORDER] == words
