"""The mails of staff accounts. Links are minted when the mail leaves, and point at the address of the install: never at
the `Host` that a request claimed."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db.models import Q
from django.utils.translation import gettext as _
from django_scopes import scope

from hosters.links import absolute_url
from hosters.mail import Message, queue_mail, register_composer
from hosters.models import Hoster, Mail, User


def register() -> None:
    """Declare who writes each kind of mail."""
    register_composer("staff_invited", staff_invited)
    register_composer("password_asked", password_asked)


def ask_new_password(*, email: str, hoster: Hoster | None) -> None:
    """A row whoever asks, so that the page takes the same time; the mail of an unknown address is never written.

    The mail is signed by a hoster for whom the person works: the one asked when it is one of theirs.
    """
    address = email.lower()
    theirs = Q(memberships__user__email=address, memberships__user__is_active=True)
    owners = list(Hoster.objects.filter(theirs).order_by("pk").distinct())
    owner = hoster if hoster in owners or not owners else owners[0]
    owner = owner or Hoster.objects.order_by("pk").first()
    if owner is not None:
        with scope(hoster=owner):
            queue_mail(hoster=owner, kind="password_asked", to=address, reference="")


def password_asked(mail: Mail) -> Message | None:
    """The link that chooses a new password, for three days; nothing for an address that nobody has."""
    user = User.objects.filter(email=mail.to, is_active=True, memberships__isnull=False).first()
    if user is None:
        return None
    return Message(
        subject=_("Choisir un nouveau mot de passe"),
        template="mails/password_asked.txt",
        link=(_("Choisir un mot de passe"), password_link(mail.hoster, user)),
    )


def staff_invited(mail: Mail) -> Message | None:
    """The way in: a password to choose for a new account, the door for the others."""
    user = User.objects.filter(pk=mail.reference, memberships__hoster=mail.hoster).first()
    if user is None:
        return None
    new = not user.has_usable_password()
    link = (
        (_("Choisir un mot de passe"), password_link(mail.hoster, user))
        if new
        else (_("Ouvrir l’espace de l’équipe"), absolute_url(mail.hoster, "staff:dashboard"))
    )
    return Message(
        subject=_("Vous êtes de l’équipe de %(name)s") % {"name": mail.hoster.name},
        template="mails/staff_invited.txt",
        context={"new": new},
        link=link,
    )


def password_link(hoster: Hoster, user: User) -> str:
    """Good for `PASSWORD_RESET_TIMEOUT`, once, and no longer than the password that it replaces."""
    key = default_token_generator.make_token(user)
    return absolute_url(hoster, "account_reset_password_from_key", uidb36=user_pk_to_url_str(user), key=key)
