"""The qualities of a good offer, as the course names them (002, § 7.1.2 to 7.1.5)."""

from django.utils.translation import gettext_noop as _

CLEAR = _("Claire et simple")
COHERENT = _("Cohérente et lisible")
EASY_TO_NAME = _("Facile à nommer")
COMPETITIVE = _("Un prix compétitif")
RELEVANT = _("Des fonctionnalités pertinentes")
EVOLVING = _("Des fonctionnalités évolutives")
NEED_FIRST = _("Le besoin d’abord")
TRIAL = _("Une période d’essai")
RHYTHM = _("Une récurrence au choix")
COSTS = _("Des coûts couverts")
FEW_OPTIONS = _("Peu d’options")
TRANSPARENT = _("Transparente")
EXIT = _("Une fin de contrat claire")
FOR_ASSOCIATIONS = _("Pensée pour les associations")
NO_SURPRISE = _("Sans surprise")
HONEST = _("Honnête sur ses limites")
SOUND_TIERS = _("Des paliers sans trou")
FAIR = _("Ne pénaliser personne")
FROM_NEEDS = _("Partir des besoins")
FOLLOWED = _("Rester après")
