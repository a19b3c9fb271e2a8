"""Whatever colour a hoster chooses, its text can be read (WCAG 2.1 AA: contrast of 4.5)."""

import colorsys

import pytest
from django.test import Client

from hosters.brand import INK, NIGHT, PAPER, READABLE, WHITE, brand_of, contrast, parse, write
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
