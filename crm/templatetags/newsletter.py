"""`{% load newsletter %}`: the invitation to subscribe, on the pages where somebody comes to talk with us."""

from typing import Any

from django import template

from crm.newsletter.promise import open_newsletter

register = template.Library()


@register.inclusion_tag("storefront/newsletter_invitation.html")
def newsletter_invitation(hoster: Any) -> dict[str, Any]:
    """A sentence and a link, never a box ticked in another form (000-032); nothing while it is closed."""
    return {"promised": open_newsletter(hoster)}
