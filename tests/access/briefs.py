"""A brief being written, one that arrived with its need to confirm, objectives; which of them each route is about."""

from collections.abc import Callable
from typing import Any

from billing.need_confirmation import token_of
from crm.models import Organization

#: What each captured argument is, for a tenant and an association of `tests.access.world`.
BRIEF_ARGUMENTS: dict[str, Callable[[Any, Any], dict[str, object]]] = {
    "storefront:need": lambda tenant, asking: {"token": token_of(asking.quote.organization.requests.get())},
    "storefront:brief_part": lambda tenant, asking: {"token": asking.brief, "part": "objectifs"},
    **dict.fromkeys(
        [f"storefront:brief_{page}" for page in ("review", "pdf", "resume")],
        lambda tenant, asking: {"token": asking.brief},
    ),
    **dict.fromkeys(
        ["staff:objective_value", "staff:objective_remove"],
        lambda tenant, asking: {"pk": asking.quote.organization.objectives.get().pk},
    ),
}


def leave_need(organization: Organization, canary: str) -> None:
    """Its request holds a brief, the need in other words, and what it answered."""
    organization.requests.update(
        details={"brief": {"contexte": {"mission": canary}}}, need_statement=canary, need_correction=canary
    )
