"""Where an organisation or a person comes from: always said, never bought (002-182, 004-006)."""

from django.utils.translation import gettext_lazy as _

from funnel.choices import SOURCE, Choices, register_names
from hosters.models import Hoster

#: Refused with its reason: a rented or bought file is no basis to write to anybody.
BOUGHT = "bought"

SOURCES = [
    ("recommendation", _("recommandée par quelqu’un")),
    ("fair", _("salon ou événement")),
    ("card", _("carte de visite")),
    ("call", _("appel reçu")),
    ("mail", _("courriel reçu")),
    ("network", _("réseau de partenaires")),
    ("directory", _("annuaire public")),
    ("press", _("presse")),
    ("search", _("recherche sur le web")),
    ("call_for_projects", _("appel à projets")),
    (BOUGHT, _("liste achetée ou louée")),
]

#: What a visitor answers to « Comment nous avez-vous connus ? », in their words (002-176).
TOLD_BY_VISITORS = [
    ("recommendation", _("Quelqu’un nous a parlé de vous")),
    ("fair", _("Un salon, un événement")),
    ("network", _("Un réseau dont nous faisons partie")),
    ("directory", _("Un annuaire d’hébergeurs")),
    ("press", _("La presse, la radio")),
    ("search", _("Une recherche sur le web")),
]


def register() -> None:
    """Let the funnel be looked at by what visitors answer."""
    register_names(SOURCE, _told_by_visitors)


def _told_by_visitors(hoster: Hoster) -> Choices:
    return [(code, source_label(code)) for code, _words in TOLD_BY_VISITORS]


def source_label(source: str) -> str:
    """The words for a source; one that a public form carried (`?via=`) reads as it is."""
    return str(dict(SOURCES).get(source, source))
