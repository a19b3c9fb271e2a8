"""Every part of the settings, in the order of the page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hosters.sections.availability import AvailabilityForm
from hosters.sections.billing import BillingForm
from hosters.sections.einvoicing import EinvoicingForm
from hosters.sections.fields import HosterForm
from hosters.sections.identity import IdentityForm
from hosters.sections.price import PriceForm
from hosters.sections.welcome import WelcomeForm


@dataclass(frozen=True)
class Section:
    """A page of the settings. `form` None: the page has a view of its own. `intro` says what the page is for."""

    url_name: str
    title: str | Promise
    intro: str | Promise
    icon: str
    form: type[HosterForm] | None = None


SECTIONS: dict[str, Section] = {
    "identity": Section(
        "staff:settings_identity",
        _("Identité légale"),
        _("Qui vend. C’est ce que disent les mentions légales, les devis et les factures."),
        "scale",
        IdentityForm,
    ),
    "subprocessors": Section(
        "staff:settings_subprocessors",
        _("Sous-traitants"),
        _(
            "À qui vous confiez des données de vos associations. La liste est publique, même vide : "
            "s’il n’y a personne, enregistrez-la telle quelle."
        ),
        "network",
    ),
    "billing": Section(
        "staff:settings_billing",
        _("TVA et factures"),
        _(
            "Ce qui a été émis ne change jamais : un devis, une facture gardent le nom, l’adresse, le régime et le "
            "compte du jour de leur émission. Ce que vous changez ici vaut pour les suivants."
        ),
        "receipt",
        BillingForm,
    ),
    "einvoicing": Section(
        "staff:settings_einvoicing",
        _("Facture électronique"),
        _(
            "Votre plateforme agréée, pour recevoir depuis septembre 2026 et émettre à partir de septembre 2027."
        ),
        "file-code",
        EinvoicingForm,
    ),
    "welcome": Section(
        "staff:settings_welcome",
        _("Équipe d’accueil"),
        _("Une personne, un téléphone, des heures : ce qui rassure une association plus que tout le reste."),
        "phone",
        WelcomeForm,
    ),
    "appearance": Section(
        "staff:settings_appearance",
        _("Apparence"),
        _("Votre logo et vos couleurs, sur le site, les documents et les courriels."),
        "palette",
    ),
    "availability": Section(
        "staff:settings_availability",
        _("Disponibilité et sauvegardes"),
        _("Promettez ce que vous tenez vraiment : une limite dite franchement devient une force."),
        "server",
        AvailabilityForm,
    ),
    "price": Section(
        "staff:settings_price",
        _("Le juste prix"),
        _("Pourquoi c’est payant, et où va l’argent. Cela se lit à côté de vos prix."),
        "hand-coins",
        PriceForm,
    ),
    "statements": Section(
        "staff:settings_statements",
        _("Forces, limites et valeurs"),
        _("Ce que vous faites bien, ce que vous ne faites pas, ce à quoi vous tenez. Au moins une limite."),
        "message-square-quote",
    ),
    "charter": Section(
        "staff:settings_charter",
        _("Charte des CHATONS"),
        _("Dix engagements. « Pas aujourd’hui » est une réponse honnête ; une preuve publique vaut mieux."),
        "badge-check",
    ),
    "relations": Section(
        "staff:settings_relations",
        _("Relations"),
        _("Les mots pour vos étapes, le délai pour rappeler, les questions à poser avant un devis."),
        "handshake",
    ),
    "team": Section(
        "staff:settings_team",
        _("Personnes de l’équipe"),
        _("Qui entre dans cet espace, et pour y faire quoi."),
        "users",
    ),
}
