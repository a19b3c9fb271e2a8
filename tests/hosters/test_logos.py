"""A logo is a picture that we wrote ourselves: pictures that attack, and pictures that people really have (002-175)."""

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageFile

from hosters.logos import MAX_BYTES, SHOWN, LogoRefused, clean_logo, give_logo
from hosters.models import Hoster, User
from tests.pages import words

SignIn = Callable[[User], Client]
BOUNDED = """
import resource, socket
import django; django.setup()
from tests.hosters.test_logos import HOSTILE, ORDINARY
from hosters.logos import LogoRefused, clean_logo
taken = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + 300 * 2**20,) * 2)
used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 20,) * 2)
socket.socket = None
refused = 0
for content, said in HOSTILE.values():
    try: clean_logo(content)
    except LogoRefused: refused += 1
print(refused, 'refused,', sum(clean_logo(content)[1:4] == b'PNG' for content in ORDINARY.values()), 'written')
"""
PAGE = "/gestion/reglages/apparence/logo/"


def picture(
    kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (300, 120), **options: object
) -> bytes:
    written = BytesIO()
    Image.new(mode, size, 1 if mode in {"1", "P"} else None).save(written, kind, **options)
    return written.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def header_only(width: int, height: int) -> bytes:
    """A PNG of a few bytes that announces as many points as one likes."""
    start = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", start)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (64, 64), color) for color in ("red", "blue")]
    written = BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=100)
    return written.getvalue()


def header_of_jpeg(width: int, height: int) -> bytes:
    """A JPEG that announces a size and holds the picture of another."""
    honest = picture("JPEG", size=(32, 32))
    start = honest.index(b"\xff\xc0") + 5
    return honest[:start] + struct.pack(">HH", height, width) + honest[start + 4 :]


def drawn_over(passes: int) -> bytes:
    """A progressive JPEG whose last pass comes again and again: small to send, long to draw."""
    honest = picture("JPEG", size=(2000, 2000), progressive=True)
    last = honest[honest.rindex(b"\xff\xda") : -2]
    return honest[:-2] + last * passes + honest[-2:]


def with_chunk(name: bytes, data: bytes) -> bytes:
    honest = picture()
    return honest[:33] + chunk(name, data) + honest[33:]


BOMB = zlib.compress(b"0" * 80_000_000)
HOSTILE = {
    "empty": (b"", "vide"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
    "svg after a declaration": (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "SVG"),
    "svg named png": (b"  <!-- logo --><svg onload='x'/>", "SVG"),
    "html": (b"<html><script>alert(1)</script></html>", "PNG, JPEG ou WebP"),
    "pdf": (b"%PDF-1.7 %%EOF", "PNG, JPEG ou WebP"),
    "tiff": (picture("TIFF"), "PNG, JPEG ou WebP"),
    "gif": (picture("GIF", "P"), "PNG, JPEG ou WebP"),
    "ico": (picture("ICO"), "PNG, JPEG ou WebP"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PNG, JPEG ou WebP"),
    "too heavy": (b"\x89PNG" + b"0" * MAX_BYTES, "2 Mo"),
    "bomb": (header_only(60_000, 60_000), "trop grande"),
    "wide bomb": (header_only(2_000_000_000, 3), "trop grande"),
    "just too large": (picture(size=(2001, 2000)), "trop grande"),
    "too small": (picture(size=(15, 200)), "trop petite"),
    "animated png": (animated("PNG"), "animées"),
    "animated webp": (animated("WEBP"), "animées"),
    "truncated png": (picture()[:80], "abîmée"),
    "truncated jpeg": (picture("JPEG", size=(900, 900))[:700], "abîmée"),
    "truncated webp": (picture("WEBP")[:40], None),
    "nothing behind the signature": (b"\x89PNG\r\n\x1a\n" + b"0" * 40, None),
    "wrong check sum": (picture().replace(b"IDAT", b"IDAU"), None),
    "text bomb": (with_chunk(b"zTXt", b"a\0\0" + BOMB), None),
    "text bomb in another alphabet": (with_chunk(b"iTXt", b"a\0\1\0\0\0" + BOMB), None),
    "colour profile bomb": (with_chunk(b"iCCP", b"a\0\0" + BOMB), None),
    "one point": (picture(size=(1, 1)), "trop petite"),
    "a line": (picture(size=(20_000, 1)), "trop petite"),
    "bmp named png": (picture("BMP"), "PNG, JPEG ou WebP"),
    "animated gif": (animated("GIF"), "PNG, JPEG ou WebP"),
    "jpeg 2000": (picture("JPEG2000"), "PNG, JPEG ou WebP"),
    "jpeg bomb": (header_of_jpeg(65_000, 65_000), "trop grande"),
    "jpeg drawn five thousand times": (drawn_over(5000), "trop compliquée"),
    "svg that fetches": (b"<svg><image href='http://tiers.example/p.png'/></svg>", "SVG"),
    "page that begins as a gif": (b"GIF89a/*<script>*/", "PNG, JPEG ou WebP"),
    "archive": (b"PK\x03\x04logo.png", "PNG, JPEG ou WebP"),
}


@pytest.mark.parametrize(("content", "said"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_picture_is_refused_in_french(
    content: bytes, said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        ImageFile, "LOAD_TRUNCATED_IMAGES", True
    )  # as it is once a PDF was made in this process
    with pytest.raises(LogoRefused) as refused:
        clean_logo(content)
    assert (said or "image") in str(refused.value)


def sixteen_bits(width: int, height: int) -> bytes:
    """A PNG of three times 16 bits a point, which Pillow reads and cannot write."""
    start = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    lines = (b"\0" + b"\x80\x00" * 3 * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", start)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


ORDINARY = {
    "png": picture(),
    "png with transparency": picture(mode="RGBA"),
    "palette": picture(mode="P"),
    "palette with transparency": picture(mode="P", transparency=1),
    "black and white": picture(mode="1"),
    "grey": picture(mode="L"),
    "grey of 16 bits": picture(mode="I;16"),
    "grey with transparency": picture(mode="LA"),
    "jpeg": picture("JPEG"),
    "jpeg for a printer": picture("JPEG", "CMYK"),
    "progressive jpeg": picture("JPEG", progressive=True),
    "webp": picture("WEBP"),
    "webp with transparency": picture("WEBP", "RGBA", lossless=True),
    "as large as allowed": picture(size=(2000, 2000)),
    "jpeg that announces more than it holds": header_of_jpeg(1900, 1900),
    "a long banner": picture(size=(20_000, 200)),
    "true colours of 16 bits": sixteen_bits(64, 64),
}


@pytest.mark.thorough
def test_whole_set_is_looked_at_in_little_time_and_memory() -> None:
    """In a process of its own that may take 300 MB and 20 seconds for the set, and no socket."""
    outcome = subprocess.run([sys.executable, "-c", BOUNDED], capture_output=True, text=True, timeout=120)
    assert outcome.stdout == f"{len(HOSTILE)} refused, {len(ORDINARY)} written\n", outcome.stderr


@pytest.mark.parametrize("content", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_picture_becomes_our_png(content: bytes) -> None:
    written = clean_logo(content)
    with Image.open(BytesIO(written)) as image:
        assert (image.format, image.mode) == ("PNG", "RGBA")
        assert image.width <= SHOWN[0] and image.height <= SHOWN[1]


def test_second_file_hidden_behind_is_left() -> None:
    """A picture that is also a page, or an archive."""
    for hidden in (b"<script>alert(1)</script>", b"PK\x03\x04hidden.zip"):
        assert hidden not in clean_logo(picture() + hidden)
        assert hidden not in clean_logo(picture("JPEG", comment=hidden) + hidden)


def test_place_and_author_are_left() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Dominique Petit"
    exif.get_ifd(0x8825)[1] = "N"
    written = clean_logo(picture("JPEG", exif=exif, icc_profile=b"profil" * 40))
    with Image.open(BytesIO(written)) as image:
        assert image.info == {} and not image.getexif()
    assert b"Dominique" not in written


def test_picture_taken_sideways_is_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(clean_logo(picture("JPEG", size=(300, 120), exif=exif)))) as image:
        assert image.size == (120, 300)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_note_is_refused_or_left() -> None:
    """A note on the orientation that cannot be read never makes an error 500."""
    for note in (b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*" + b"\xff" * 60):
        try:
            assert clean_logo(picture("JPEG", exif=note))
        except LogoRefused as refused:
            assert "abîmée" in str(refused)


def test_grey_of_16_bits_keeps_its_greys() -> None:
    written = BytesIO()
    Image.new("I;16", (32, 32), 257 * 128).save(written, "PNG")
    with Image.open(BytesIO(clean_logo(written.getvalue()))) as image:
        assert image.getpixel((5, 5)) == (128, 128, 128, 255)


def test_name_is_ours_and_the_old_file_goes(
    artifaille: Hoster, alix: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    first = SimpleUploadedFile("../../settings.py", picture())
    give_logo(hoster=artifaille, upload=first, by=alix)
    before = artifaille.logo.name
    assert before.startswith(f"logos/{artifaille.pk}-") and before.endswith(".png")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        give_logo(hoster=artifaille, upload=SimpleUploadedFile("b.png", picture(size=(64, 64))), by=alix)
    storage = artifaille.logo.storage
    assert storage.exists(artifaille.logo.name) and not storage.exists(before)


def test_logo_is_sent_from_the_page_and_served_as_what_it_is(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    browser = signed_in(alix)
    answer = browser.post(PAGE, {"logo": SimpleUploadedFile("évil.svg", picture("WEBP"), "image/svg+xml")})
    assert answer.status_code == 302
    served = Client().get("/logo")
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert served.getvalue().startswith(b"\x89PNG")
    assert 'src="/logo"' in browser.get("/gestion/reglages/apparence/").content.decode()


def test_refused_logo_says_why_beside_the_field(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    answer = signed_in(alix).post(PAGE, {"logo": SimpleUploadedFile("logo.svg", HOSTILE["svg"][0])})
    assert answer.status_code == 200
    assert "Les logos SVG ne sont pas acceptés" in words(answer)
    artifaille.refresh_from_db()
    assert not artifaille.logo


def test_form_without_file_is_an_error_said(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    assert "Il reste à corriger" in words(signed_in(alix).post(PAGE, {}))


def test_removed_logo_leaves_the_name(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    give_logo(hoster=artifaille, upload=SimpleUploadedFile("a.png", picture()), by=alix)
    signed_in(alix).post(PAGE, {"retirer": "1"})
    assert Client().get("/logo").status_code == 404


@pytest.mark.parametrize("name", ["logo.svg", "logo.html", "logo"])
def test_file_of_another_kind_is_never_served(artifaille: Hoster, name: str) -> None:
    artifaille.logo.save(name, ContentFile(b"<script>alert(1)</script>"))
    assert Client().get("/logo").status_code == 404


def test_lost_file_is_a_page_that_does_not_exist(artifaille: Hoster) -> None:
    artifaille.logo.save("logo.png", ContentFile(picture()))
    artifaille.logo.storage.delete(artifaille.logo.name)
    assert Client().get("/logo").status_code == 404
