"""The form of allauth that we replace (`ACCOUNT_FORMS`)."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hosters.account_mails import ask_new_password


class PasswordAskedForm(ResetPasswordForm):
    """Looks nobody up while the person waits: the worker does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Adresse e-mail")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        ask_new_password(email=email, hoster=getattr(request, "hoster", None))
        return email
