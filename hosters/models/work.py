from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def soon() -> datetime:
    """When the sweeper looks at a new row, if the nudge sent at commit was lost."""
    return timezone.now() + timedelta(seconds=5)


class Work(models.Model):
    """Something a worker must still do, visible in the row itself: a file to make, a mail to send.

    Celery only carries nudges. A killed worker, a frozen or emptied Redis lose nothing: `hosters.work` finds the
    row again. See `hosters/work.py` for the life of a row.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("fait")
        FAILED = "failed", _("en échec")

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=soon)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["state", "due_at"])]
