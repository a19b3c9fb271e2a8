"""The hoster's logo as a PDF may carry it: decoded, reduced and written again by us."""

import logging
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from hosters.models import Hoster

logger = logging.getLogger("chatiere.documents")

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 4_000_000  # a file of 3 kB may hold 25 million: looked at before decoding
FORMATS = ("PNG", "JPEG", "WEBP")
PRINTED = (900, 400)  # pixels, 300 dots an inch for the largest box that a page gives it


def logo_png(hoster: Hoster) -> bytes | None:
    """The logo re-read from the storage as a PNG without metadata; None when there is none or it cannot be used.

    A damaged logo never stops a document: the page then shows the hoster's name.
    """
    if not hoster.logo:
        return None
    try:
        with hoster.logo.open("rb") as file:
            return _as_png(file.read(MAX_BYTES + 1))
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        logger.warning("logo of hoster %s not used: %s", hoster.pk, type(error).__name__)
        return None


def _as_png(content: bytes) -> bytes:
    if len(content) > MAX_BYTES:
        raise ValueError("too heavy")
    with Image.open(BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        image.thumbnail(PRINTED)
        written = BytesIO()
        image.convert("RGBA").save(written, "PNG")
        return written.getvalue()
