"""The whole crowd, in the order in which rows need each other."""

from decimal import Decimal
from random import Random
from uuid import NAMESPACE_DNS, uuid5

from django.db import connection, transaction
from django_scopes import scope

from billing.crowd.papers import Model, gather_papers
from billing.crowd.people import gather_people
from billing.crowd.visits import gather_visits
from billing.ledger.chain import adopt
from crm.models import Organization
from hosters.demonstration import register_crowd
from hosters.models import Hoster, User

ORGANIZATIONS, COUNTS, INVOICES, QUOTES = 100_000, 1_000_000, 100_000, 20_000
#: The same crowd each time, so that two measures compare.
SEED = 1901


def register() -> None:
    """Add our part to `demo --volume`."""
    register_crowd(gather)


@transaction.atomic
def gather(hoster: Hoster, like: Hoster, by: User, scale: Decimal) -> None:
    """Fill a new hoster with `scale` times the crowd, on the model of the signed contract of another. Once."""
    chance = Random(SEED)  # noqa: S311 - dice, not secrets
    with scope(hoster=hoster):
        if Organization.objects.exists():
            return
        model = Model.found(uuid5(NAMESPACE_DNS, f"contrat.{like.slug}.example"), hoster)
        contacts = gather_people(hoster=hoster, count=int(ORGANIZATIONS * scale), chance=chance)
        gather_papers(
            model=model,
            contacts=contacts,
            quotes=int(QUOTES * scale),
            invoices=int(INVOICES * scale),
            by=by,
            chance=chance,
        )
        gather_visits(hoster=hoster, count=int(COUNTS * scale), chance=chance)
        adopt(hoster)
    with connection.cursor() as cursor:  # a database that has just been filled does not know how full it is
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 0")  # longer than a page may ask
        tables = connection.introspection.django_table_names(only_existing=True)
        for table in tables:  # ours only: those that all databases share may be held by somebody else
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
