"""What a member of the CHATONS publishes of itself for stats.chatons.org: property files (CHI-01, CHI-02).

One file for the organisation names one file for each offer on sale. A property that the hoster has not told is left
out, never invented; prices are not in the protocol.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings

from hosters.links import absolute_url
from hosters.models import Hoster, LegalForm
from offers.models import Offer
from offers.parts import all_parts

PROTOCOL = "ChatonsInfos-0.5"
TYPES = {
    LegalForm.ASSOCIATION: "ASSOCIATION",
    LegalForm.COOPERATIVE: "COOPERATIVE",
    LegalForm.COMPANY: "COMPANY",
    LegalForm.SOLE_TRADER: "INDIVIDUAL",
}
#: By section, as a comment; then by name.
Sections = Mapping[str, Mapping[str, str]]


def organization_properties(hoster: Hoster, offers: Iterable[Offer], *, at: datetime) -> Sections:
    """The file of a hoster, which names those of its offers."""
    address = {each.slug: _file_url(hoster, each) for each in offers}
    return {
        "File": _about_file("Organization", at),
        "Subs": {f"subs.{slug}": url for slug, url in address.items()},
        "Organization": {
            "organization.name": hoster.name,
            "organization.description": hoster.tagline,
            "organization.website": absolute_url(hoster, "storefront:home"),
            "organization.logo": absolute_url(hoster, "hosters:logo") if hoster.logo else "",
            "organization.type": TYPES[LegalForm(hoster.legal_form)],
            "organization.status.level": "ACTIVE",
            "organization.contact.url": absolute_url(hoster, "storefront:question"),
            "organization.contact.email": hoster.email,
            "organization.legal.url": absolute_url(hoster, "storefront:legal"),
            "organization.country.name": str(hoster.get_country_display()),
            "organization.country.code": hoster.country,
            "organization.geolocation.address": " ".join(hoster.address_lines()),
        },
    }


def service_properties(offer: Offer, *, at: datetime) -> Sections:
    """The file of an offer on sale: a commercial relation, its guide and its software when its components name one."""
    hoster, components = offer.hoster, [part.component for part in all_parts(offer)]
    return {
        "File": _about_file("Service", at),
        "Service": {
            "service.name": offer.name,
            "service.description": offer.purpose,
            "service.website": absolute_url(hoster, "storefront:offer", slug=offer.slug),
            "service.legal.url": absolute_url(hoster, "storefront:terms"),
            "service.contact.url": absolute_url(hoster, "storefront:question"),
            "service.contact.email": hoster.email,
            "service.guide.user": _first(each.documentation_url for each in components),
            "service.status.level": "OK",
            "service.registration": "Client",
            "service.registration.load": "OPEN",
        },
        "Software": {"software.name": _first(each.software for each in components)},
        "Host": {"host.name": hoster.name, "host.country.code": hoster.country},
    }


def written(sections: Sections) -> str:
    """The text of a file: `name = value`, sections as comments, one line for a value, nothing for what is not told."""
    told = {
        title: [f"{name} = {' '.join(value.split())}" for name, value in values.items() if value.strip()]
        for title, values in sections.items()
    }
    return "\n".join("\n".join([f"# [{title}]", *lines, ""]) for title, lines in told.items() if lines)


def read(text: str) -> dict[str, str]:
    """Every property of a file of the protocol, unknown ones too: comments, empty lines, spaces around do not count."""
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _equals, value in pairs}


def _about_file(kind: str, at: datetime) -> dict[str, str]:
    return {
        "file.class": kind,
        "file.protocol": PROTOCOL,
        "file.datetime": at.isoformat(timespec="seconds"),
        "file.generator": f"Chatière {settings.VERSION}",
    }


def _file_url(hoster: Hoster, offer: Offer) -> str:
    return absolute_url(hoster, "storefront:chatons_service", slug=offer.slug)


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")
