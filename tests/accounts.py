"""What whoever keeps the accounts has in the world of the tests of access: a lot of the journal, an archive."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django_scopes import scope

from billing.accounting.journal import make_journal
from billing.ledger.archive.making import ask_archive, gather
from hosters.models import Hoster

#: A financial year is named by a number that every hoster has: there is no object of another one to ask for.
OF_A_YEAR = ["staff:fec"]
OF_AN_ARCHIVE = ["staff:archive", "staff:retry_archive"]

ACCOUNTS_ARGUMENTS: dict[str, Callable[[Any, Any], dict[str, object]]] = {
    **dict.fromkeys(OF_A_YEAR, lambda tenant, asking: {"year": timezone.localdate().year}),
    **dict.fromkeys(OF_AN_ARCHIVE, lambda tenant, asking: {"pk": tenant.hoster.archives.get().pk}),
    "staff:export_file": lambda tenant, asking: {
        "pk": tenant.hoster.export_batches.get().files.earliest("pk").pk
    },
}


def keep_accounts(hoster: Hoster) -> None:
    """A lot of everything so far, and the archive of this year, gathered."""
    with scope(hoster=hoster):
        make_journal(hoster=hoster, end=timezone.localdate())
        archive = ask_archive(hoster=hoster, year=timezone.localdate().year, by=None)
        for part in archive.parts.all():
            gather(part)
