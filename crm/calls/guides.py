"""The guides of a hoster: written, changed, taken away; one to start from."""

from django.utils.translation import gettext as _

from crm.calls.script import read_script
from crm.models import CallScript, Situation
from hosters.models import Hoster


def keep_guide(*, guide: CallScript) -> CallScript:
    """Write a guide as a form left it.

    Raises:
        BadScript: its text is no guide.
    """
    read_script(guide.text)
    guide.save()
    return guide


def remove_guide(*, guide: CallScript) -> None:
    """Take a guide away; the calls that followed it stay noted."""
    guide.delete()


def start_with_usual(*, hoster: Hoster) -> None:
    """A first guide, for a hoster that has none."""
    if not CallScript.objects.filter(hoster=hoster).exists():
        CallScript.objects.create(
            hoster=hoster,
            name=_("Comprendre un besoin en dix minutes"),
            situation=Situation.ASKED,
            text=_usual(),
        )


def _usual() -> str:
    return _(
        "1. Qu’est-ce qui vous complique la vie aujourd’hui ?\n"
        "Conseil : laissez parler, sans nommer de logiciel.\n"
        "- Nos fichiers sont partout -> 2\n"
        "- Nous perdons des messages -> 2\n"
        "- Rien de précis, nous regardons -> 5\n\n"
        "2. Combien de personnes s’en servent ?\n"
        "- Moins de dix -> 3\n"
        "- De dix à cinquante -> 3\n"
        "- Plus de cinquante -> 3\n\n"
        "3. Qui décide chez vous, et quand ?\n"
        "Conseil : demandez la date de la réunion, elle sert pour le devis.\n"
        "- Le bureau, dans le mois -> 4\n"
        "- Le CA, une date est fixée -> 4\n"
        "- Ce n’est pas clair -> 5\n\n"
        "4. Avez-vous une idée du budget de l’année ?\n"
        "Conseil : donnez le prix de l’offre la plus proche, tout compris.\n"
        "- Oui, et cela convient -> fin\n"
        "- Oui, c’est trop cher -> 5\n"
        "- Non -> fin\n\n"
        "5. Puis-je vous rappeler dans quelques semaines ?\n"
        "Conseil : un non se note, et nous n’insistons pas.\n"
        "- Oui -> fin\n"
        "- Non merci -> fin"
    )
