"""Whatever colour a hoster chooses, its text can be read (WCAG 2.1 AA: contrast of 4.5)."""

import colorsys
import re
from pathlib import Path
from random import Random

import pytest
from django.test import Client

from hosters.brand import INK, NIGHT, PAPER, READABLE, WHITE, Rgb, brand_of, contrast, luminance, parse, write
from hosters.models import Hoster

COLORS = ["#000000", "#ffffff", "#ffff00", "#808080", "#777777", "#1f6f5c", "#8a3b2e", "#ff0000", "#0000ff"]
WHEEL = [
    write(tuple(round(255 * channel) for channel in colorsys.hsv_to_rgb(hue / 24, saturation, value)))  # type: ignore[arg-type]
    for hue in range(24)
    for saturation in (0.4, 1)
    for value in (0.3, 0.6, 1)
]


@pytest.mark.parametrize("color", COLORS)
def test_brand_is_readable(color: str) -> None:
    _assert_readable(color)


def test_every_hue_is_readable() -> None:
    for color in WHEEL:
        _assert_readable(color)


def _assert_readable(color: str) -> None:
    brand = brand_of(color)
    assert contrast(parse(brand.on_color), parse(brand.color)) >= READABLE, color
    assert contrast(parse(brand.text_on_light), PAPER) >= READABLE, color
    assert contrast(parse(brand.text_on_dark), NIGHT) >= READABLE, color


CSS = Path("static/css")
SHARES = dict(
    re.findall(r"(--\w+-soft): color-mix\(in oklab, var\(--\w+\) (\d+)%", (CSS / "base.css").read_text())
)


def tokens(*files: str) -> dict[str, Rgb]:
    told = "".join((CSS / file).read_text() for file in files)
    return {name: parse(color) for name, color in re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", told)}


THEMES = {"light": tokens("tokens.css"), "dark": tokens("tokens.css", "dark.css")}


@pytest.mark.parametrize("theme", THEMES)
def test_any_two_colours_leave_every_text_readable_on_every_ground(theme: str) -> None:
    """002-175: five hundred pairs, on each ground that the style sheets make of them."""
    draw = Random(20261122)
    for _ in range(500):
        color, accent = (f"#{draw.randrange(1 << 24):06x}" for _each in range(2))
        brand, used = brand_of(color, accent), THEMES[theme]
        assert brand.accent is not None
        text = parse(brand.text_on_dark if theme == "dark" else brand.text_on_light)
        grounds = {name: used[name] for name in ("--paper", "--surface", "--sunken")}
        grounds["--brand-soft"] = mixed(
            parse(brand.color), used["--surface"], int(SHARES["--brand-soft"]) / 100
        )
        lamp = mixed(parse(brand.accent.color), used["--surface"], int(SHARES["--lamp-soft"]) / 100)
        for name, ground in grounds.items():
            assert contrast(text, ground) >= READABLE, (color, name)
        for ink in ("--ink", "--ink-soft"):
            assert contrast(used[ink], grounds["--brand-soft"]) >= READABLE, (color, ink)
            assert contrast(used[ink], lamp) >= READABLE, (accent, ink)
        assert contrast(parse(brand.accent.on_color), parse(brand.accent.color)) >= READABLE, accent


@pytest.mark.parametrize("accent", ["#000000", "#ffffff"])
@pytest.mark.parametrize("theme", THEMES)
def test_black_or_white_accent_leaves_its_ground_readable(theme: str, accent: str) -> None:
    used = THEMES[theme]
    ground = mixed(parse(accent), used["--surface"], int(SHARES["--lamp-soft"]) / 100)
    assert contrast(used["--ink-soft"], ground) >= READABLE


def mixed(color: Rgb, other: Rgb, share: float) -> Rgb:
    """CSS `color-mix(in oklab, color share, other)`."""
    return from_oklab(
        [share * one + (1 - share) * two for one, two in zip(oklab(color), oklab(other), strict=True)]
    )


def oklab(color: Rgb) -> list[float]:
    """https://bottosson.github.io/posts/oklab/"""
    red, green, blue = (luminance((channel,) * 3) for channel in color)
    roots = [
        (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3),
        (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3),
        (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3),
    ]
    rows = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return [sum(weight * root for weight, root in zip(row, roots, strict=True)) for row in rows]


def from_oklab(lab: list[float]) -> Rgb:
    light, a, b = lab
    cone = [
        (light + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (light - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (light - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    ]
    rows = (
        (4.0767416621, -3.3077115913, 0.2309699292),
        (-1.2684380046, 2.6097574011, -0.3413193965),
        (-0.0041960863, -0.7034186147, 1.7076147010),
    )
    linear = [sum(weight * each for weight, each in zip(row, cone, strict=True)) for row in rows]
    red, green, blue = (round(255 * _gamma(min(1.0, max(0.0, each)))) for each in linear)
    return red, green, blue


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def test_mix_is_that_of_browsers() -> None:
    assert mixed((255, 255, 255), (0, 0, 0), 1) == (255, 255, 255)
    assert mixed((0, 0, 0), (255, 255, 255), 0.5) == (99, 99, 99)


def test_readable_colour_is_kept() -> None:
    assert brand_of("#1f6f5c").color == "#1f6f5c"


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast((0, 0, 0), WHITE) == pytest.approx(21)
    assert contrast(INK, INK) == 1


def test_style_sheet_has_the_colour_of_its_hoster(artifaille: Hoster) -> None:
    artifaille.brand_color = "#8a3b2e"
    artifaille.save()
    answer = Client().get("/marque.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "#8a3b2e" in answer.content.decode()
