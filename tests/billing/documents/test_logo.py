"""The hoster's logo on paper: only what we decoded and wrote again ourselves."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from billing.documents.logo import MAX_BYTES, logo_png
from hosters.models import Hoster
from offers.models import Offer
from tests.billing.documents.reading import missing, names_of, pages_of
from tests.factories import make_quote


def picture(width: int = 300, height: int = 120, kind: str = "PNG") -> bytes:
    written = BytesIO()
    Image.new("RGB", (width, height), "#1f6f5c").save(written, kind)
    return written.getvalue()


def give(hoster: Hoster, content: bytes) -> Hoster:
    hoster.logo.save("logo.png", ContentFile(content))
    return hoster


def test_logo_is_printed_in_place_of_the_name(artifaille: Hoster, marmule: Offer) -> None:
    artifaille.name = "Chez Artifaille"
    artifaille.save()
    give(artifaille, picture())
    reader = pages_of(make_quote(Offer.objects.get(pk=marmule.pk)))
    assert len(reader.pages[0].images) == 1
    assert "Chez Artifaille" in names_of(reader)  # the text for those who do not see it
    assert missing(reader, ["Chez Artifaille"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\x89PNG\r\n\x1a\n" + b"0" * 40,
        picture(5000, 5000),
        b"\x89PNG" + b"0" * MAX_BYTES,
        picture(kind="TIFF"),
    ],
    ids=["empty", "svg", "not an image", "bomb", "too heavy", "other kind"],
)
def test_logo_that_cannot_be_used_never_stops_a_document(
    artifaille: Hoster, marmule: Offer, content: bytes
) -> None:
    assert logo_png(give(artifaille, content)) is None


def test_document_shows_the_name_when_the_logo_is_lost(artifaille: Hoster, marmule: Offer) -> None:
    give(artifaille, picture()).logo.storage.delete(artifaille.logo.name)
    assert missing(pages_of(make_quote(Offer.objects.get(pk=marmule.pk))), [artifaille.name]) == []


def test_logo_is_reduced_and_loses_what_it_carried(artifaille: Hoster) -> None:
    photo = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "12 rue secrète"
    Image.new("RGB", (2000, 1500)).save(photo, "JPEG", exif=exif)
    content = logo_png(give(artifaille, photo.getvalue()))
    assert content is not None
    assert b"secr" not in content
    assert Image.open(BytesIO(content)).size == (533, 400)


def test_hoster_without_logo_has_none(artifaille: Hoster) -> None:
    assert logo_png(artifaille) is None
