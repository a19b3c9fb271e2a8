"""Every change of what the team notes: words, competitors, what was seen there, costs, people asked."""

from django.db import transaction

from offers.models import OfferStudy
from offers.models.record import Record


@transaction.atomic
def write_record(*, record: Record) -> bool:
    """Keep what a form gave, filled and checked. False when this same form already came, and changes nothing."""
    model = type(record)
    if record.pk is None and model._default_manager.filter(key=record.key).exists():
        return False
    record.save()
    return True


@transaction.atomic
def delete_record(*, record: Record) -> None:
    """Forget it, and what hangs on it: the observations of a competitor."""
    record.delete()


@transaction.atomic
def write_study(*, study: OfferStudy) -> None:
    """Keep how the price of an offer was thought."""
    study.save()
