"""The hoster's colour, made readable: text on it and text in it always reach a contrast of 4.5 (WCAG 2.1 AA)."""

from dataclasses import dataclass

Rgb = tuple[int, int, int]
WHITE: Rgb = (255, 255, 255)
INK: Rgb = (28, 25, 23)
NIGHT: Rgb = (42, 51, 49)  # the lightest ground of the dark theme (static/css/dark.css)
PAPER: Rgb = (230, 226, 215)  # the darkest ground of the light theme (static/css/tokens.css)
READABLE = 4.5


@dataclass(frozen=True)
class Fill:
    """A coloured ground and the text that can be read on it, as `#rrggbb`."""

    color: str
    on_color: str


@dataclass(frozen=True)
class Brand(Fill):
    """The brand as a ground, and as text on light and on dark paper. `accent` None: the lamp of Chatière."""

    text_on_light: str
    text_on_dark: str
    accent: Fill | None = None


def brand_of(color: str, accent: str = "") -> Brand:
    """The readable palette of a colour written `#rrggbb`, and of a second one when there is one."""
    fill = fill_of(color)
    base = parse(fill.color)
    return Brand(
        color=fill.color,
        on_color=fill.on_color,
        text_on_light=write(readable(base, PAPER, towards=INK)),
        text_on_dark=write(readable(base, NIGHT, towards=WHITE)),
        accent=fill_of(accent) if accent else None,
    )


def fill_of(color: str) -> Fill:
    """The nearest ground on which white or ink can be read."""
    base = parse(color)
    on_color = max((WHITE, INK), key=lambda ink: contrast(ink, base))
    while contrast(on_color, base) < READABLE:
        base = mix(base, INK if on_color == WHITE else WHITE, 0.05)
    return Fill(color=write(base), on_color=write(on_color))


def readable(color: Rgb, paper: Rgb, *, towards: Rgb) -> Rgb:
    """The nearest colour on the way to `towards` that can be read on `paper`."""
    for step in range(21):
        candidate = mix(color, towards, step / 20)
        if contrast(candidate, paper) >= READABLE:
            return candidate
    return towards


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG 2.1 contrast ratio, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Rgb) -> float:
    """WCAG 2.1 relative luminance."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(color: Rgb, other: Rgb, share: float) -> Rgb:
    """`color` with a share (0 to 1) of `other` in it."""
    red, green, blue = (round(one + (two - one) * share) for one, two in zip(color, other, strict=True))
    return red, green, blue


def parse(color: str) -> Rgb:
    """`#1f6f5c` as three channels."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def write(color: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)
