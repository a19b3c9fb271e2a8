"""The hoster's logo: a picture that we decoded and wrote again ourselves, under a name of ours.

Weight and size are looked at before anything is decoded: a file of 3 kB may hold 25 million points. What the file
carried besides its picture (place, author, colour profile, a second file) is left behind.
"""

import hashlib
import logging
import struct
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from hosters.models import Hoster, User
from hosters.setting_changes import record_change

logger = logging.getLogger("chatiere.logos")

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 4_000_000
SMALLEST = 16  # pixels: less is not a picture
SHOWN = (1200, 600)  # pixels kept: twice what any page or document shows
FORMATS = ("PNG", "JPEG", "WEBP")
#: A JPEG may be drawn over and over, each pass as long as the first: 94 kB of passes take forty seconds.
MAX_PASSES, PASS = 50, b"\xff\xda"
#: What a damaged or hostile picture makes Pillow raise.
DAMAGED = (
    OSError,
    ValueError,
    TypeError,
    SyntaxError,
    KeyError,
    IndexError,
    OverflowError,
    EOFError,
    struct.error,
    UnidentifiedImageError,
    Image.DecompressionBombError,
)


class LogoRefused(Exception):
    """The picture cannot be used; the message is French and says what to do."""


def give_logo(*, hoster: Hoster, upload: UploadedFile, by: User | None) -> None:
    """Replace the logo of a hoster by what a person sent.

    Raises:
        LogoRefused: nothing was changed.
    """
    _refuse_weight(upload.size or 0)
    keep_logo(hoster=hoster, content=clean_logo(upload.read(MAX_BYTES + 1)), by=by)


def remove_logo(*, hoster: Hoster, by: User | None) -> None:
    """Back to the name alone. Nothing happens without a logo."""
    if hoster.logo:
        _change(hoster, "", by)


def keep_logo(*, hoster: Hoster, content: bytes, by: User | None) -> None:
    """Store a picture that `clean_logo` wrote; its name comes from its content, never from the person."""
    name = f"logos/{hoster.pk}-{hashlib.sha256(content).hexdigest()[:20]}.png"
    storage = hoster.logo.storage
    _change(hoster, name if storage.exists(name) else storage.save(name, ContentFile(content)), by)


@transaction.atomic
def _change(hoster: Hoster, name: str, by: User | None) -> None:
    before = hoster.logo.name or ""
    Hoster.objects.filter(pk=hoster.pk).update(logo=name)
    hoster.logo.name = name
    what = _("Logo remplacé") if name else _("Logo retiré")
    record_change(hoster=hoster, by=by, section=_("Apparence"), what=what)
    if before and before != name:
        storage = hoster.logo.storage
        transaction.on_commit(lambda: storage.delete(before))


def clean_logo(content: bytes) -> bytes:
    """The picture alone, as a PNG.

    Raises:
        LogoRefused: too heavy, too large, too small, animated, damaged, or of a kind that is not a picture.
    """
    _refuse_weight(len(content))
    if _looks_like_svg(content):
        told = _("Les logos SVG ne sont pas acceptés : enregistrez le vôtre en PNG (large de 600 pixels).")
        raise LogoRefused(told)
    # The maker of PDFs switches this on for the whole process: cut files and text bombs would pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            _refuse_size(image)
            _refuse_passes(image, content)
            return _written(image)
    except Image.DecompressionBombError:
        raise LogoRefused(
            _("Cette image est beaucoup trop grande : réduisez-la à 1200 pixels de large.")
        ) from None
    except UnidentifiedImageError:
        raise LogoRefused(_("Ce fichier n’est pas une image PNG, JPEG ou WebP.")) from None
    except DAMAGED as error:
        logger.info("logo refused: %s", type(error).__name__)
        told = _("Cette image est abîmée ou incomplète : enregistrez-la de nouveau, puis renvoyez-la.")
        raise LogoRefused(told) from None


def _refuse_weight(size: int) -> None:
    if size > MAX_BYTES:
        raise LogoRefused(_("Ce fichier pèse plus de 2 Mo : envoyez une image plus légère."))
    if size == 0:
        raise LogoRefused(_("Ce fichier est vide."))


def _refuse_size(image: Image.Image) -> None:
    """From the header alone: nothing was decoded yet."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        told = _("Cette image est trop grande (%(w)s × %(h)s pixels) : réduisez-la à 1200 pixels de large.")
        raise LogoRefused(told % {"w": width, "h": height})
    if width < SMALLEST or height < SMALLEST:
        raise LogoRefused(_("Cette image est trop petite : il faut au moins 16 pixels de côté."))
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise LogoRefused(_("Les images animées ne sont pas acceptées : envoyez une image fixe."))


def _refuse_passes(image: Image.Image, content: bytes) -> None:
    """An ordinary progressive JPEG has ten passes."""
    if image.format in {"JPEG", "MPO"} and content.count(PASS) > MAX_PASSES:
        raise LogoRefused(_("Cette image est enregistrée de façon trop compliquée : enregistrez-la en PNG."))


def _written(image: Image.Image) -> bytes:
    """Upright, in true colours, reduced, and copied on a blank sheet so that nothing else comes along."""
    upright = ImageOps.exif_transpose(image) or image
    coloured = _eight_bits(upright).convert("RGBA")
    coloured.thumbnail(SHOWN)
    sheet = Image.new("RGBA", coloured.size)
    sheet.paste(coloured)
    written = BytesIO()
    sheet.save(written, "PNG", optimize=True)
    return written.getvalue()


def _eight_bits(image: Image.Image) -> Image.Image:
    """Greys of 16 bits brought to 8: Pillow would cut them instead."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _looks_like_svg(content: bytes) -> bool:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) or b"<svg" in start
