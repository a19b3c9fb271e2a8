"""The hoster's logo as a PDF may carry it: decoded, reduced and written again by us."""

import logging
from functools import lru_cache
from io import BytesIO

from PIL import Image

from hosters.logos import DAMAGED, FORMATS, MAX_BYTES, MAX_PIXELS
from hosters.models import Hoster

logger = logging.getLogger("chatiere.documents")

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
    except DAMAGED as error:
        logger.warning("logo of hoster %s not used: %s", hoster.pk, type(error).__name__)
        return None


@lru_cache(maxsize=8)  # a worker prints the documents of the same few hosters
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
