"""What makes the work succeed, what may get in the way, what the association has to do: said before it signs (003-004).

Work made to measure and offers that mix tools and people depend on both sides: their quotes always say it, in the words
of the team, else in ours. A plain product says it only when the team wrote something.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from billing.models import Quote, QuoteItem
from pricing.engine import VatCategory

#: Column of the quote, title that the association reads, our words.
SAID = (
    (
        "success",
        gettext_lazy("Pour que cela réussisse"),
        gettext_lazy(
            "Une personne de l’association suit le projet, et les membres sont prévenus avant chaque changement."
        ),
    ),
    (
        "risks",
        gettext_lazy("Ce qui peut gêner"),
        gettext_lazy(
            "Changer d’habitudes prend quelques semaines. Une date qui dépend d’un tiers peut reculer : "
            "nous le disons dès que nous le savons."
        ),
    ),
    (
        "client_part",
        gettext_lazy("Ce que vous aurez à faire"),
        gettext_lazy("Choisir cette personne, nous donner les accès nécessaires, répondre à nos questions."),
    ),
)


def said_frankly(
    quote: Quote, items: Sequence[QuoteItem], parts: Sequence[dict[str, Any]]
) -> list[dict[str, str]]:
    """Titles and texts, to be frozen in the promise. `parts` are those of the promise."""
    always = _depends_on_both(items, parts)
    told = [(title, getattr(quote, name) or (ours if always else "")) for name, title, ours in SAID]
    return [{"title": str(title), "text": str(text)} for title, text in told if text]


def _depends_on_both(items: Sequence[QuoteItem], parts: Sequence[dict[str, Any]]) -> bool:
    """Whether something is made to measure, or tools and people are mixed. A membership is neither."""
    by_hand = any(
        item.kept and item.offer_id is None and item.vat != VatCategory.OUT_OF_SCOPE for item in items
    )
    return by_hand or len({part["delivery"]["kind"] for part in parts if part["delivery"]}) > 1
