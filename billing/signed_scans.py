"""A signed quote sent as a file: looked at before it is decoded, kept as it came, never shown by the site (DEV-04)."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from billing.documents import files
from billing.models import Acceptance, SignedScan

MAX_BYTES = 10 * 1024 * 1024
#: An A4 page scanned at 600 dots an inch has 35 million.
MAX_PIXELS = 40_000_000
FORMATS = {"PNG": SignedScan.Type.PNG, "JPEG": SignedScan.Type.JPEG}
TAIL = 2048  # bytes: a PDF ends with its mark, at most followed by a little noise


class ScanRefused(Exception):
    """The file cannot be kept; the message says what to send, in French."""


@dataclass(frozen=True)
class Scan:
    """The bytes of a signed quote, and what they are; what the sender called the file is forgotten."""

    content: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_scan(upload: UploadedFile) -> Scan:
    """The file of a form, once its size, its kind and its number of pixels were found harmless.

    Raises:
        ScanRefused: too heavy, or neither a PDF nor an image.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ScanRefused(_("Ce fichier dépasse 10 Mo. Réduisez la qualité du scan, puis recommencez."))
    content = upload.read(MAX_BYTES + 1)
    return Scan(content, _media_type(content))


def _media_type(content: bytes) -> str:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-TAIL:]:
        return SignedScan.Type.PDF
    try:
        with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ScanRefused(_("Cette image est trop grande. Scannez en 300 points par pouce."))
            image.verify()
            return FORMATS[str(image.format)]
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        raise ScanRefused(_("Envoyez le devis signé en PDF, en JPEG ou en PNG.")) from None


def keep_scan(*, acceptance: Acceptance, scan: Scan) -> SignedScan:
    """Write the row then the file. Called inside the accepting transaction: without the file there is no acceptance."""
    kept = SignedScan.objects.create(
        acceptance=acceptance, media_type=scan.media_type, sha256=scan.sha256, size=len(scan.content)
    )
    files.write_whole(kept.path, scan.content)
    return kept


def scan_bytes(kept: SignedScan) -> bytes:
    """The very bytes that were received.

    Raises:
        files.DamagedFile: they are missing or changed; restore them from a backup.
    """
    return files.checked(kept.path, kept.sha256)
