from uuid import uuid4

from django.db import models


class Record(models.Model):
    """Something that the team notes in a form. `key`: the form it came from, so that sent twice it is noted once."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
