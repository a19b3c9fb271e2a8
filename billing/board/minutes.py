"""The minutes of a meeting as a file: looked at before anything reads it, kept whole, given back as it came."""

import hashlib
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from billing.documents.files import DamagedFile, write_whole
from billing.models import BoardDecision

MAX_BYTES = 5 * 1024 * 1024
#: The first bytes say what a file is; its name and the type that the browser told are not believed.
SIGNATURES = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
}


class MinutesRefused(Exception):
    """This file cannot be kept; the message says what to send, in French."""


@dataclass(frozen=True)
class Minutes:
    """The bytes of the minutes and what they are."""

    content: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_minutes(upload: UploadedFile) -> Minutes:
    """The uploaded file, its size looked at before it is read and its kind before anything decodes it (nothing does).

    Raises:
        MinutesRefused: empty, too large, or not a PDF, a JPEG or a PNG.
    """
    if not upload.size:
        raise MinutesRefused(_("Ce fichier est vide."))
    if upload.size > MAX_BYTES:
        raise MinutesRefused(_("Ce fichier dépasse 5 Mo : envoyez-le en PDF, ou une photo plus petite."))
    content = upload.read(MAX_BYTES + 1)
    for signature, (media_type, _extension) in SIGNATURES.items():
        if content.startswith(signature) and len(content) <= MAX_BYTES:
            return Minutes(content, media_type)
    raise MinutesRefused(_("Envoyez le procès-verbal en PDF, ou sa photo en JPEG ou PNG."))


def store_minutes(decision: BoardDecision, minutes: Minutes) -> None:
    """Write the file of a decision that was just recorded, in its transaction."""
    write_whole(decision.minutes_path, minutes.content)


def minutes_content(decision: BoardDecision) -> bytes:
    """The very bytes that were sent.

    Raises:
        DamagedFile: they are missing or changed; restore them from a backup.
    """
    try:
        content = decision.minutes_path.read_bytes()
    except FileNotFoundError:
        raise DamagedFile(f"{decision.minutes_path} manque") from None
    if hashlib.sha256(content).hexdigest() != decision.minutes_sha256:
        raise DamagedFile(f"{decision.minutes_path} a changé depuis son envoi")
    return content


def minutes_name(decision: BoardDecision) -> str:
    """`pv-D-2026-0001.pdf`: a name of ours, whatever the file was called."""
    extension = dict(SIGNATURES.values())[decision.minutes_type]
    return f"pv-{decision.quote.number}.{extension}"
