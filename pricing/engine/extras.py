"""Lines that are not charges: set-up fee and membership."""

from dataclasses import replace
from decimal import Decimal

from pricing.engine.assembly import make_line
from pricing.engine.basket import Basket
from pricing.engine.charge import Charge
from pricing.engine.charges import Flat
from pricing.engine.charges.on_quote import no_public_price
from pricing.engine.lines import Line, LineKind
from pricing.engine.membership import Membership
from pricing.engine.outcomes import Cadence, Outcome
from pricing.engine.reading import Stop, chosen_amount, invalid
from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff
from pricing.engine.text import _, euros
from pricing.engine.vat import VatPolicy


def setup_line(tariff: Tariff, basket: Basket, policy: VatPolicy) -> Line | None:
    """Set-up, once, on the first invoice (002-114); None when there is nothing to pay."""
    if tariff.setup_fee is None:
        return None
    charge = Charge("setup", _("Frais de mise en place"), Flat(tariff.setup_fee), Cadence.ONE_OFF)
    found = charge.shape.sum(basket.once())
    if found.amount is not None and not found.amount:
        return None
    amount = found.amount
    rule = no_public_price() if amount is None else _("{price} une seule fois").format(price=euros(amount))
    return make_line(tariff, charge, found, rule, policy, LineKind.SETUP)


def membership_line(tariff: Tariff, selection: Selection, basket: Basket, policy: VatPolicy) -> Line | None:
    """Membership of the organisation, due each year (002-117). Already paid, it waits for year two."""
    membership = tariff.membership
    if membership is None or selection.membership_elsewhere or not basket.member:
        return None
    charge = Charge("membership", membership.label, membership.shape, Cadence.YEARLY, vat=membership.vat)
    own = replace(basket.once(), free_amount=_chosen(membership, selection))
    found = membership.shape.sum(own)
    if found.outcome is Outcome.INVALID:
        rule = membership.shape.rule(own, found)
        raise Stop(Outcome.INVALID, "membership_amount", f"{membership.label} : {rule}.")
    if found.amount is not None and not found.amount:
        return None
    amount = found.amount
    rule = no_public_price() if amount is None else _("{price} par an").format(price=euros(amount))
    if selection.already_member:
        rule = _("{rule}, déjà réglée pour les douze premiers mois").format(rule=rule)
    line = make_line(tariff, charge, found, rule, policy, LineKind.MEMBERSHIP)
    return line._replace(from_year=2) if selection.already_member else line


def _chosen(membership: Membership, selection: Selection) -> Decimal | None:
    if selection.membership_amount is None:
        return None
    if not membership.is_free_price:
        raise invalid("membership_amount", _("Le montant de l’adhésion n’est pas libre."))
    return chosen_amount(selection.membership_amount)
