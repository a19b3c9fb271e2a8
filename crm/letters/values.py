"""The names that a model may hold, and what they become for one person. Upper apps add theirs in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from crm.models import Contact, Request
from hosters.mail_texts import HOSTER, PLACEHOLDER, Placeholder, TextKind, fill
from hosters.models import User
from pricing.typography import french


@dataclass(frozen=True)
class Value:
    """A name, and the words it stands for when a member of the team writes to a person; "" when nothing is known."""

    placeholder: Placeholder
    of: Callable[[Contact, User], str]


_values: dict[str, Value] = {}


def register_value(value: Value) -> None:
    """Add a name. Called in `ready()`."""
    _values[value.placeholder.name] = value


def words_of_a_letter() -> TextKind:
    """The allow-list of models, in the shape that `hosters.mail_texts` checks."""
    return TextKind(
        kind="letter",
        label=_("Courriel écrit par une personne"),
        to_team=False,
        subject="",
        template="mails/letter.txt",
        placeholders=tuple(value.placeholder for value in _values.values()),
    )


def filled(text: str, *, contact: Contact, by: User) -> str:
    """A model with the words of one person; only what it names is looked for."""
    named = set(PLACEHOLDER.findall(text)) & _values.keys()
    told = {name: _values[name].of(contact, by) for name in named}
    return fill(french(text), told | {HOSTER.name: contact.organization.hoster.name})


def _latest_request(contact: Contact, by: User) -> str:
    return (
        Request.objects.filter(contact=contact)
        .order_by("-created_at")
        .values_list("subject", flat=True)
        .first()
        or ""
    )


def _needs(contact: Contact, by: User) -> str:
    return ", ".join(contact.organization.tags.order_by("name").values_list("name", flat=True))


register_value(
    Value(Placeholder("nom", _("le nom de la personne"), "Dominique Petit"), lambda to, by: to.name)
)
register_value(
    Value(
        Placeholder("structure", _("le nom de la structure"), "Les Amis du lavoir"),
        lambda to, by: to.organization.name,
    )
)
register_value(Value(Placeholder("ville", _("sa commune"), "Lyon"), lambda to, by: to.organization.town))
register_value(Value(Placeholder("besoins", _("ses besoins notés, ou rien"), "agenda partagé"), _needs))
register_value(
    Value(
        Placeholder("demande", _("l’objet de sa dernière demande, ou rien"), "Question : Marmule"),
        _latest_request,
    )
)
register_value(Value(Placeholder("vous", _("votre nom"), "Alix"), lambda to, by: str(by)))
