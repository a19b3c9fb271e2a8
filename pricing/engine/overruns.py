"""Use beyond the included allowances (support minutes): told apart, never silently zero."""

from collections.abc import Mapping

from pricing.engine.basket import Basket
from pricing.engine.breakdown import Overrun
from pricing.engine.charges import Allowance
from pricing.engine.reading import counted, invalid
from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff
from pricing.engine.text import _, quoted


def overruns(tariff: Tariff, selection: Selection, basket: Basket) -> tuple[Overrun, ...]:
    """One entry per allowance on which something was used."""
    used: object = selection.used
    if not isinstance(used, Mapping):
        raise invalid("used", _("Les consommations ne sont pas lisibles."))
    if not used:
        return ()
    allowances = {
        charge.shape.metric: (charge.label, charge.shape)
        for charge in tariff.charges
        if isinstance(charge.shape, Allowance) and charge.concerns(basket.segment, basket.member)
    }
    found = []
    for code, value in used.items():
        if code not in allowances:
            reason = _("Rien n’est compris pour {code} dans ce tarif.")
            raise invalid("used", reason.format(code=quoted(code)))
        label, allowance = allowances[code]
        quantity = counted(basket.metrics[code], value)
        found.append(
            Overrun(
                metric=code,
                label=label,
                included=allowance.included,
                used=quantity,
                over=allowance.excess(quantity),
                amount=allowance.overrun_amount(basket, quantity),
            )
        )
    return tuple(found)
