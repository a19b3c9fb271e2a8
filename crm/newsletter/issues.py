"""An issue: written, tried on oneself, then sent to who confirmed. Workers send it; the page says how far it is."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import NewsletterIssue
from crm.newsletter.subscribers import receiving
from crm.suppression import suppressed_among
from hosters.mail import queue_mail
from hosters.models import Hoster, Mail, User

KIND = "newsletter"
AT_ONCE = 500
State = NewsletterIssue.State


class IssueRefused(Exception):
    """The issue cannot be sent; the message says why, in French."""


@dataclass(frozen=True)
class Progress:
    """How far the sending is: letters sent, waiting, given up; `withdrawn` left the list before it came to them."""

    total: int
    sent: int
    waiting: int
    failed: int

    @property
    def withdrawn(self) -> int:
        return max(self.total - self.sent - self.waiting - self.failed, 0)

    @property
    def share(self) -> int:
        """What is done, in hundredths."""
        return 100 * (self.total - self.waiting) // self.total if self.total else 100


def keep_issue(*, issue: NewsletterIssue) -> NewsletterIssue:
    """Write a draft as a form left it. What was sent changes no more.

    Raises:
        IssueRefused: it was sent meanwhile.
    """
    if issue.pk and not NewsletterIssue.objects.filter(pk=issue.pk, state=State.DRAFT).exists():
        raise IssueRefused(_("Cette lettre est partie : elle ne change plus."))
    issue.save()
    return issue


def erase_draft(*, issue: NewsletterIssue) -> None:
    """Throw a draft away; an issue that was sent stays."""
    NewsletterIssue.objects.filter(pk=issue.pk, state=State.DRAFT).delete()


def send_trial(*, issue: NewsletterIssue, to: User) -> None:
    """The issue as its readers will see it, to the person who writes it."""
    queue_mail(hoster=issue.hoster, kind="newsletter_trial", to=to.email, reference=issue.pk)


def readers_of(hoster: Hoster) -> list[str]:
    """The addresses of the next issue: who confirmed, without the list of oppositions."""
    addresses = list(receiving(hoster).order_by("pk").values_list("email", flat=True))
    refused: set[str] = set()
    for start in range(0, len(addresses), AT_ONCE):
        refused |= suppressed_among(hoster, addresses[start : start + AT_ONCE])
    return [address for address in addresses if address not in refused]


@transaction.atomic
def send_issue(*, issue: NewsletterIssue, by: User) -> None:
    """Let an issue leave, once: a row for each reader, which the sweeper gives to the workers little by little.

    Raises:
        IssueRefused: it was sent already, or nobody has subscribed.
    """
    readers = readers_of(issue.hoster)
    if not readers:
        raise IssueRefused(_("Personne n’est abonné pour l’instant."))
    sent = {"state": State.SENT, "sent_at": timezone.now(), "sent_by": by, "recipients": len(readers)}
    if not NewsletterIssue.objects.filter(pk=issue.pk, state=State.DRAFT).update(**sent):
        raise IssueRefused(_("Cette lettre est déjà partie."))
    Mail.objects.bulk_create(
        (Mail(hoster=issue.hoster, kind=KIND, to=address, reference=str(issue.pk)) for address in readers),
        batch_size=AT_ONCE,
    )


def progress_of(issue: NewsletterIssue) -> Progress:
    """Counted in the mails themselves."""
    rows = Mail.objects.filter(hoster=issue.hoster, kind=KIND, reference=str(issue.pk))
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    waiting = found.get(Mail.State.QUEUED, 0) + found.get(Mail.State.RUNNING, 0)
    return Progress(issue.recipients, found.get(Mail.State.DONE, 0), waiting, found.get(Mail.State.FAILED, 0))
