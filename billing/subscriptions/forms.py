"""What staff type about the end of a subscription, with errors that say what to write."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.forms import LineField
from billing.models import Subscription, SubscriptionEnd
from billing.subscriptions.plans import Plan, plan_end
from crm.models import Contact, Organization
from offers.models import Offer

if TYPE_CHECKING:
    from django.db.models import QuerySet

Reason = SubscriptionEnd.Reason
#: What a person may choose; the others follow from facts.
CHOSEN = (Reason.NOTICE, Reason.TERM, Reason.SWITCH, Reason.RESIGNATION, Reason.FAULT, Reason.AGREEMENT)


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class EndForm(forms.Form):
    """Why, asked when, ending when: the rules say what follows before anything is confirmed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Motif"), choices=[(each.value, each.label) for each in CHOSEN]
    )
    received_on = day_field(gettext_lazy("Demandé le"))
    wished = day_field(
        gettext_lazy("Dernier jour souhaité"),
        required=False,
        help_text=gettext_lazy("Laissez vide pour dès que possible. Le préavis s’applique s’il y en a un."),
    )

    def __init__(self, *args: Any, subscription: Subscription, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subscription = subscription

    def clean_received_on(self) -> date:
        """Between the start of the contract and today.

        Raises:
            ValidationError: it is not.
        """
        day: date = self.cleaned_data["received_on"]
        if not self.subscription.started_on <= day <= timezone.localdate():
            raise ValidationError(_("Ce jour est entre le début du contrat et aujourd’hui."), code="range")
        return day

    def clean_wished(self) -> date | None:
        """Within five years.

        Raises:
            ValidationError: it is too far.
        """
        day: date | None = self.cleaned_data["wished"]
        if day and day.year > timezone.localdate().year + 5:
            raise ValidationError(_("Ce jour est trop loin : cinq ans au plus."), code="far")
        return day

    def plan(self) -> Plan:
        """What the rules make of valid answers."""
        return plan_end(subscription=self.subscription, **self.cleaned_data)


class UndoForm(forms.Form):
    """Why a contract goes on after all."""

    why = LineField(label=gettext_lazy("Pourquoi le contrat continue"), max_length=200)


class OrderForm(forms.Form):
    """The order that the client wants to read on its invoices."""

    order_number = LineField(
        label=gettext_lazy("Bon de commande ou engagement"),
        required=False,
        max_length=50,
        help_text=gettext_lazy("Les factures à venir le porteront. Vide : aucun."),
    )


class ExtensionForm(forms.Form):
    """A transition that lasts longer than thirty days (CON-08)."""

    until = day_field(gettext_lazy("Nouveau dernier jour"))
    by_client = forms.BooleanField(label=gettext_lazy("C’est l’association qui le demande"), required=False)
    why = LineField(
        label=gettext_lazy("Pourquoi"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("L’association lit cette phrase."),
    )


class ErasureForm(forms.Form):
    """What was erased, and when: the certificate repeats it."""

    on = day_field(gettext_lazy("Effacé le"), initial=timezone.localdate)
    what = LineField(
        label=gettext_lazy("Ce qui est effacé"),
        max_length=400,
        help_text=gettext_lazy(
            "Comptes, fichiers, boîtes, bases de données, sauvegardes : le certificat le reprend."
        ),
    )


class TrialForm(forms.Form):
    """Which offer an association tries, with whom, until when: a trial always has a last day (002-036)."""

    offer: "forms.ModelChoiceField[Offer]" = forms.ModelChoiceField(
        label=gettext_lazy("Offre"), queryset=None
    )
    contact: "forms.ModelChoiceField[Contact]" = forms.ModelChoiceField(
        label=gettext_lazy("Personne prévenue"), queryset=None
    )
    starts_on = day_field(gettext_lazy("Premier jour"), initial=timezone.localdate)
    ends_on = day_field(gettext_lazy("Dernier jour"), help_text=gettext_lazy("Douze mois au plus."))

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = Offer.objects.filter(hoster=organization.hoster_id, state=Offer.State.PUBLISHED)
        people = Contact.objects.current().filter(organization=organization)
        self._choose("offer", offers.order_by("position", "pk"))
        self._choose("contact", people.order_by("pk").select_related("organization__hoster"))

    def _choose(self, name: str, rows: "QuerySet[Any]") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = rows, None
