from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import NewsletterIssue, NewsletterSettings


class SubscribeForm(forms.Form):
    """One address, and nothing else: the rest is not needed to send a letter."""

    email = forms.EmailField(
        label=_("Votre adresse e-mail"), widget=forms.EmailInput({"autocomplete": "email"})
    )


class NewsletterSettingsForm(forms.ModelForm):
    """What the newsletter promises; it opens only when both are said."""

    class Meta:
        model = NewsletterSettings
        fields = ("about", "rhythm", "is_open")

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if told.get("is_open"):
            for name in ("about", "rhythm"):
                if not told.get(name):
                    self.add_error(
                        name, _("À dire avant d’ouvrir l’abonnement : c’est ce que les gens acceptent.")
                    )
        return told


class IssueForm(forms.ModelForm):
    """Subject and Markdown of an issue."""

    class Meta:
        model = NewsletterIssue
        fields = ("subject", "body")
        widgets = {"body": forms.Textarea({"rows": 20})}
