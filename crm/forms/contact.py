from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import AddressKind, Contact, Organization
from crm.sources import BOUGHT, SOURCES

GUESS = ("", _("deviner d’après l’adresse"))


class ContactForm(forms.ModelForm):
    """A person of an organisation, by hand."""

    address_kind = forms.ChoiceField(
        label=_("Nature de l’adresse"),
        choices=[GUESS, *AddressKind.choices],
        required=False,
        help_text=_("Elle décide de ce qu’on peut lui écrire. Une adresse privée demande son accord."),
    )
    met_through = forms.ChoiceField(label=_("Comment l’avons-nous connue"), choices=[])
    referred = forms.CharField(
        label=_("Recommandée par (nom exact d’une organisation)"), required=False, max_length=120
    )

    class Meta:
        model = Contact
        fields = ("name", "email", "phone", "role", "address_kind", "met_through")

    def __init__(self, data: Any = None, *, instance: Contact) -> None:
        super().__init__(data, instance=instance)
        met = instance.met_through
        known = [] if met in dict(SOURCES) or not met else [(met, met)]
        field = self.fields["met_through"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("à choisir")), *known, *SOURCES]
        if instance.referred_by:
            self.fields["referred"].initial = instance.referred_by.name

    def clean_met_through(self) -> str:
        source: str = self.cleaned_data["met_through"]
        if source == BOUGHT:
            raise forms.ValidationError(
                _("Une adresse achetée ou louée ne s’enregistre pas : personne n’a dit oui."), code="bought"
            )
        return source

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        name = told.get("referred")
        self.instance.referred_by = None
        if name:
            hoster = self.instance.organization.hoster
            rows = Organization.objects.filter(hoster=hoster, name__iexact=name).living()
            self.instance.referred_by = rows.order_by("pk").first()
            if not self.instance.referred_by:
                self.add_error("referred", _("Aucune organisation ne porte ce nom : vérifiez dans la liste."))
        return told
