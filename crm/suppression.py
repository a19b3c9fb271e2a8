"""The addresses that we write to no more of our own accord. They survive the erasure of the person (GDPR-05)."""

import unicodedata
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac

from crm.models import Suppression
from hosters.models import Hoster

SALT = "crm.suppression"


def normalised(address: str) -> str:
    """One spelling for one mailbox: without spaces around, in one case, in one Unicode form."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def suppress(*, hoster: Hoster, address: str, cause: Suppression.Cause) -> Suppression:
    """Write no more to an address; saying it twice changes nothing."""
    [digest, *_older] = _digests(address)
    return Suppression.objects.get_or_create(hoster=hoster, digest=digest, defaults={"cause": cause})[0]


def is_suppressed(hoster: Hoster, address: str) -> bool:
    """Whether an address is on the list, under the key of today or one that the install had before."""
    return Suppression.objects.filter(hoster=hoster, digest__in=_digests(address)).exists()


def suppressed_among(hoster: Hoster, addresses: Iterable[str]) -> set[str]:
    """Those of these addresses that are on the list, as they were given; one query."""
    digests = {digest: address for address in addresses for digest in _digests(address)}
    listed = Suppression.objects.filter(hoster=hoster, digest__in=digests)
    return {digests[digest] for digest in listed.values_list("digest", flat=True)}


def lift(*, hoster: Hoster, address: str) -> None:
    """The person asks for our mails again, of their own accord."""
    Suppression.objects.filter(hoster=hoster, digest__in=_digests(address)).delete()


def _digests(address: str) -> list[str]:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(SALT, normalised(address), secret=key, algorithm="sha256").hexdigest() for key in keys
    ]
