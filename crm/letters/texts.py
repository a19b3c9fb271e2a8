"""The models that a hoster starts from: written, changed, taken away; a usual set for a hoster that has none."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.letters.values import words_of_a_letter
from crm.models import LetterModel, Situation
from hosters.mail_texts import check_text
from hosters.models import Hoster

Purpose = LetterModel.Purpose
#: Name, situation, purpose, subject, text.
Usual = tuple[str, str, str, str, str]


def keep_model(*, model: LetterModel) -> LetterModel:
    """Write a model as a form left it.

    Raises:
        UnknownPlaceholder: it holds a name that means nothing here.
    """
    check_text(words_of_a_letter(), subject=model.subject, body=model.body)
    model.save()
    return model


def remove_model(*, model: LetterModel) -> None:
    """Take a model away; the mails written from it stay as they left."""
    model.delete()


@transaction.atomic
def start_with_usual(*, hoster: Hoster) -> None:
    """The usual texts, for a hoster that has none yet."""
    if LetterModel.objects.filter(hoster=hoster).exists():
        return
    LetterModel.objects.bulk_create(
        LetterModel(
            hoster=hoster, name=name, situation=situation, purpose=purpose, subject=subject, body=body
        )
        for name, situation, purpose, subject, body in [*_prospecting(), *_answers()]
    )


def _prospecting() -> list[Usual]:
    return [
        (
            _("Se présenter à une association"),
            Situation.FIRST,
            Purpose.PROSPECTING,
            _("Des outils libres pour {{ structure }} ?"),
            _letter(
                _(
                    "Je suis {{ vous }}, de {{ hebergeur }}. Nous hébergeons des outils libres pour des associations."
                ),
                _(
                    "Qu’est-ce qui vous complique la vie aujourd’hui : les fichiers, l’agenda, les messages perdus ?"
                ),
                _(
                    "Une réponse d’une ligne me suffit pour vous dire si nous pouvons aider, ou qui le peut mieux."
                ),
            ),
        ),
        (
            _("Après un salon ou une rencontre"),
            Situation.MET,
            Purpose.PROSPECTING,
            _("Suite à notre rencontre"),
            _letter(
                _("Merci pour notre échange. Vous m’avez parlé de ceci : {{ besoins }}."),
                _("Je peux vous appeler une demi-heure, sans engagement. Quel jour vous irait ?"),
            ),
        ),
    ]


def _answers() -> list[Usual]:
    return [
        (
            _("Répondre à une demande et proposer un appel"),
            Situation.ASKED,
            Purpose.ANSWER,
            _("Votre demande à {{ hebergeur }}"),
            _letter(
                _("Merci pour votre demande : {{ demande }}."),
                _(
                    "Avant de répondre trop vite, j’aimerais comprendre ce qui vous gêne, et qui décide chez vous."
                ),
                _("Quand puis-je vous appeler ?"),
            ),
        ),
        (
            _("Prendre des nouvelles d’un devis"),
            Situation.QUOTE,
            Purpose.ANSWER,
            _("Votre devis : des questions ?"),
            _letter(
                _(
                    "Vous avez reçu un devis de {{ hebergeur }}. Reste-t-il une question avant d’en parler ensemble ?"
                ),
                _("Un non est une bonne réponse aussi : dites-le-moi, et je n’insiste pas."),
            ),
        ),
        (
            _("Préparer le vote du conseil d’administration"),
            Situation.BOARD,
            Purpose.ANSWER,
            _("Pour préparer votre réunion"),
            _letter(
                _(
                    "Votre réunion approche. Votre devis a une synthèse à imprimer et une résolution à copier."
                ),
                _("Une question de dernière minute ? Je réponds le jour même."),
            ),
        ),
    ]


def _letter(*paragraphs: str) -> str:
    return "\n\n".join((_("Bonjour {{ nom }},"), *paragraphs, "{{ vous }}"))
