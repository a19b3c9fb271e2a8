"""The end of the contract, generated for each offer: what happens, when, and the questions people ask (002-155)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offers.models import Offer
from offers.models.offer import by_the_form, by_writing


@dataclass(frozen=True)
class Moment:
    """One day of a departure, counted from the notice."""

    day: int
    title: str
    text: str

    @property
    def when(self) -> str:
        return _("Le premier jour") if self.day == 0 else _("Jour %(n)s") % {"n": self.day}


@dataclass(frozen=True)
class Answer:
    question: str
    text: str


def moments_of(offer: Offer) -> list[Moment]:
    """From the notice to the erasure, in days. The dates of the law are kept by the offer itself (CON-08)."""
    end = offer.notice_days
    back = _("Jusqu’à ce jour, vous récupérez %(formats)s.") % {"formats": _formats(offer)}
    if offer.exit_help:
        back += " " + _sentence(offer.exit_help)
    moments = [
        Moment(
            0,
            _("Vous nous prévenez"),
            _("%(how)s L’accusé de réception arrive aussitôt.") % {"how": _leaving(offer)},
        ),
        Moment(end, _("Le contrat prend fin"), _("Plus aucune période nouvelle n’est facturée.")),
        Moment(end + offer.retrieval_days, _("Fin de la récupération"), back),
        Moment(
            end + offer.erasure_days,
            _("Tout est effacé"),
            _("Au plus tard ce jour-là, nous effaçons vos données."),
        ),
    ]
    return sorted(moments, key=lambda moment: moment.day)


def answers_of(offer: Offer) -> list[Answer]:
    """What people ask before they sign, answered from the offer."""
    found = [
        Answer(
            _("Peut-on partir quand on veut ?"),
            _("Oui, avec un préavis de %(days)s. %(how)s")
            % {"days": _days(offer.notice_days), "how": _leaving(offer)},
        ),
        Answer(_("Que récupère-t-on, et sous quelle forme ?"), _retrieved(offer)),
        Answer(
            _("Que deviennent les données qui restent ?"),
            _("Elles sont effacées au plus tard %(days)s après la fin du contrat.")
            % {"days": _days(offer.erasure_days)},
        ),
        Answer(
            _("Y a-t-il des frais de départ ?"),
            _(
                "Non : le prix publié n’en compte aucun, et nous ne pouvons pas en ajouter à un contrat signé."
            ),
        ),
        Answer(
            _("Comment changer d’offre plutôt que partir ?"),
            _sentence(offer.change_procedure or by_writing()),
        ),
    ]
    if offer.data_location:
        where = _("Ici : %(place)s.") % {"place": offer.data_location}
        found.append(Answer(_("Où sont les données pendant le contrat ?"), where))
    return found


def _leaving(offer: Offer) -> str:
    return _sentence(offer.termination_procedure or by_the_form())


def _retrieved(offer: Offer) -> str:
    told = _("Vous récupérez %(formats)s, pendant %(days)s après la fin du contrat.") % {
        "formats": _formats(offer),
        "days": _days(offer.retrieval_days),
    }
    return f"{told} {_sentence(offer.exit_help)}" if offer.exit_help else told


def _formats(offer: Offer) -> str:
    return offer.export_formats or _("vos données (formats à préciser : demandez-les avant de signer)")


def _sentence(text: str) -> str:
    """Words typed by a hoster, with a capital and a full stop."""
    whole = text.strip()
    return whole[:1].upper() + whole[1:] + ("" if whole.endswith((".", "!", "?", "…")) else ".")


def _days(days: int) -> str:
    return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}
