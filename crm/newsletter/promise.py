"""What one reads before subscribing: what the newsletter is about, how often, how to stop (002-184)."""

from django.utils.translation import gettext as _

from crm.models import NewsletterSettings
from hosters.models import Hoster


def newsletter_settings(hoster: Hoster) -> NewsletterSettings:
    """The choices of a hoster; closed as long as nothing was chosen."""
    return NewsletterSettings.objects.filter(hoster=hoster).first() or NewsletterSettings(hoster=hoster)


def open_newsletter(hoster: Hoster) -> NewsletterSettings | None:
    """The newsletter that the site proposes, or None."""
    return NewsletterSettings.objects.filter(hoster=hoster, is_open=True).exclude(about="").first()


def keep_settings(*, settings: NewsletterSettings) -> None:
    """Write what a form chose."""
    settings.save()


def promise_of(settings: NewsletterSettings) -> str:
    """The sentence that a person accepts, kept word for word as the proof of what was read."""
    told = {
        "hoster": settings.hoster.name,
        "about": settings.about.rstrip("."),
        "rhythm": settings.rhythm.rstrip("."),
    }
    return (
        _(
            "Recevoir la lettre de %(hoster)s : %(about)s, %(rhythm)s. Je peux arrêter à tout moment, par le lien de "
            "chaque lettre."
        )
        % told
    )
