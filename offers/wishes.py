"""What a visitor composed on a page of help, as text for the person who will answer."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster
from offers.bespoke_order import read_order
from offers.help_form import HelpForm
from offers.models import Offer
from pricing.typography import euros

BESPOKE, HELP = "sur-mesure", "aide"
SUBJECTS = {BESPOKE: _("Demande sur mesure"), HELP: _("Aide pour choisir une offre")}


def wish_in(hoster: Hoster, data: Mapping[str, Any]) -> list[str]:
    """The sentences that sum up an order (`pour=sur-mesure`) or the answers to the questions."""
    offers = list(Offer.objects.published().for_display())
    if data.get("pour") == BESPOKE:
        order = read_order(hoster, offers, data)
        total = [f"{row.label} : {euros(row.amount)}" for row in order.totals]
        return [line.words() for line in order.taken if line.form.is_valid()] + total
    form = HelpForm(offers, data)
    return [f"{question} {answer}" for question, answer in form.recap() if answer] if form.is_valid() else []
