"""The publics of an organisation, with the codes that the offers use too."""

from django.utils.translation import gettext_lazy as _

SEGMENTS = [
    ("association", _("association")),
    ("individual", _("personne")),
    ("family", _("famille")),
    ("company", _("entreprise")),
    ("education", _("éducation")),
    ("public", _("collectivité")),
]


def segment_label(code: str) -> str:
    """The word for a public; one that is not in the list reads as it is."""
    return str(dict(SEGMENTS).get(code, code))
