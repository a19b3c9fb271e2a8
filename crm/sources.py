"""Where an organisation or a person comes from: always said, never bought (002-182, 004-006)."""

from django.utils.translation import gettext_lazy as _

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
    ("call_for_projects", _("appel à projets")),
    (BOUGHT, _("liste achetée ou louée")),
]


def source_label(source: str) -> str:
    """The words for a source; one that a public form carried (`?via=`) reads as it is."""
    return str(dict(SOURCES).get(source, source))
