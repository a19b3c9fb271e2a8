"""How well an organisation fits, in words: declared answers and knowing actions, nothing else (002-089, C3, GDPR-07).

Nothing of what happens in the hosted tools, of visits, of opened mails comes in here; a test holds the list of tables.
A person may ask not to be scored: then nothing is computed, and nothing is kept but that wish.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import Answer, Criterion, Interaction, Organization, Request, ScoreChange
from hosters.models import User

#: Everything that a score may read. A knowing action is a request, a reply, an appointment, a webinar, a download.
INPUTS = ("crm_criterion", "crm_answer", "crm_request", "crm_interaction")
#: For how long a knowing action counts.
RECENT_DAYS = 120
HIGH, MIDDLE = 70, 40


@dataclass(frozen=True)
class Line:
    """One reason of a score: what, what was said, points got out of how many."""

    what: str
    said: str
    points: int
    out_of: int


@dataclass(frozen=True)
class Score:
    """A score out of 100 with its lines, None when nothing can be said; qualified when the three musts are met."""

    value: int | None
    lines: list[Line]
    qualified: bool

    @property
    def priority(self) -> str:
        """The score in words."""
        if self.value is None:
            return _("rien à dire tant que personne n’a répondu aux questions")
        if not self.qualified:
            return _("à qualifier : il manque une réponse obligatoire, ou elle est négative")
        if self.value >= HIGH:
            return _("prioritaire : tout concorde, à appeler d’abord")
        if self.value >= MIDDLE:
            return _("intéressante : à suivre sans presser")
        return _("peu de points communs : répondre si elle demande")


def score_of(organization: Organization) -> Score:
    """The score as it would be now, with every reason."""
    criteria = list(Criterion.objects.filter(hoster=organization.hoster))
    answers = {each.criterion_id: each for each in Answer.objects.filter(organization=organization)}
    lines = [_line(criterion, answers.get(criterion.pk)) for criterion in criteria]
    musts = [criterion for criterion in criteria if criterion.must]
    qualified = len(musts) == len(Criterion.Must.values) - 1 and all(
        criterion.pk in answers and positive(criterion, answers[criterion.pk]) for criterion in musts
    )
    if not answers:
        return Score(None, lines, False)
    lines += _actions(organization)
    earned, possible = sum(line.points for line in lines), sum(line.out_of for line in lines)
    return Score((200 * earned + possible) // (2 * possible), lines, qualified)


def last_score_of(organization: Organization) -> Score:
    """The score that is kept, with the reasons of the day it was computed."""
    change = organization.score_changes.order_by("-at", "-pk").first()
    lines = [Line(**reason) for reason in change.reasons] if change else []
    return Score(organization.score, lines, organization.qualified)


def positive(criterion: Criterion, answer: Answer) -> bool:
    """Yes, or a number that reaches the threshold."""
    if criterion.threshold is None:
        return answer.value == Answer.Value.YES
    return answer.number is not None and answer.number >= criterion.threshold


def _line(criterion: Criterion, answer: Answer | None) -> Line:
    if answer is None:
        return Line(criterion.question, _("pas encore de réponse"), 0, criterion.weight)
    if criterion.threshold is None:
        said = answer.get_value_display()
    else:
        told = {"number": answer.number, "threshold": criterion.threshold}
        said = _("%(number)s, pour un seuil de %(threshold)s") % told
    points = criterion.weight if positive(criterion, answer) else 0
    return Line(criterion.question, f"{said} ({answer.get_method_display()})", points, criterion.weight)


def _actions(organization: Organization) -> list[Line]:
    """What it did knowingly in the last months: one point each."""
    since = timezone.now() - timedelta(days=RECENT_DAYS)
    asked = Request.objects.filter(organization=organization, created_at__gte=since)
    kinds = set(asked.values_list("kind", flat=True))
    met = kinds & {Request.Kind.APPOINTMENT, Request.Kind.CALLBACK}
    exchanges = Interaction.objects.filter(organization=organization, happened_at__gte=since)
    channel = Interaction.Channel
    inbound = exchanges.filter(direction=Interaction.Direction.INBOUND)
    replied = inbound.exclude(channel__in=[channel.NOTE, channel.WEBINAR, channel.DOWNLOAD])
    came = exchanges.filter(channel__in=[channel.WEBINAR, channel.DOWNLOAD])
    done = [
        (_("Elle a demandé un devis ou posé une question"), bool(kinds)),
        (_("Elle a demandé un rendez-vous ou un rappel"), bool(met)),
        (_("Elle nous a répondu ou appelés"), replied.exists()),
        (_("Elle a suivi un webinaire ou téléchargé un document"), came.exists()),
    ]
    return [Line(what, _("oui") if yes else _("non"), int(yes), 1) for what, yes in done]


@transaction.atomic
def rescore(*, organization: Organization, by: User | None = None) -> None:
    """Compute again after something changed; a score that moved is kept with its reasons."""
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if row.unscored or not Criterion.objects.filter(hoster=row.hoster_id).exists():
        return
    score = score_of(row)
    if score.value == row.score and score.qualified == row.qualified:
        return
    Organization.objects.filter(pk=row.pk).update(score=score.value, qualified=score.qualified)
    ScoreChange.objects.create(
        organization=row,
        before=row.score,
        after=score.value,
        reasons=[asdict(line) for line in score.lines],
        by=by,
    )


@dataclass(frozen=True)
class Declared:
    """One answer as a form gives it; `value` "" and `number` None take the answer away."""

    criterion: Criterion
    value: str = ""
    number: int | None = None


@transaction.atomic
def keep_answers(
    *, organization: Organization, declared: list[Declared], method: str, unscored: bool, by: User
) -> None:
    """Write what was declared, then the score. `unscored` erases the score and its history (GDPR-07)."""
    for each in declared:
        if each.value or each.number is not None:
            Answer.objects.update_or_create(
                organization=organization,
                criterion=each.criterion,
                defaults={"value": each.value, "number": each.number, "method": method, "by": by},
            )
        else:
            Answer.objects.filter(organization=organization, criterion=each.criterion).delete()
    if unscored:
        ScoreChange.objects.filter(organization=organization).delete()
        Organization.objects.filter(pk=organization.pk).update(unscored=True, score=None)
        _qualify(organization)
    else:
        Organization.objects.filter(pk=organization.pk).update(unscored=False)
        rescore(organization=organization, by=by)


def _qualify(organization: Organization) -> None:
    """Without a score, the three required answers still say whether it is worth going on."""
    qualified = score_of(organization).qualified
    Organization.objects.filter(pk=organization.pk).update(qualified=qualified)
