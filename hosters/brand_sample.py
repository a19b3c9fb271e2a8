"""What becomes of the colours that a hoster chose, said and drawn before they are kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hosters.brand import INK, NIGHT, PAPER, Brand, Fill, Rgb, brand_of, contrast, fill_of, parse, write
from pricing.typography import NBSP

LAMP = Fill("#f4b62f", "#2a2005")  # static/css/tokens.css


@dataclass(frozen=True)
class Ratio:
    """A contrast as a person reads it: `7,2` to 1."""

    label: str
    value: str


@dataclass(frozen=True)
class Sample:
    """Colours to draw with, the contrasts they reach, and what was corrected."""

    brand: Brand
    accent: Fill
    ratios: tuple[Ratio, ...]
    corrected: tuple[str, ...]
    paper: str = write(PAPER)
    night: str = write(NIGHT)
    ink: str = write(INK)


def sample_of(color: str, accent: str) -> Sample:
    """The palette of two colours written `#rrggbb`; `accent` empty: the lamp of Chatière."""
    brand = brand_of(color, accent)
    shown = brand.accent or LAMP
    ratios = (
        _ratio(_("texte sur la couleur"), brand.on_color, parse(brand.color)),
        _ratio(_("liens sur fond clair"), brand.text_on_light, PAPER),
        _ratio(_("liens sur fond sombre"), brand.text_on_dark, NIGHT),
        _ratio(_("texte sur la seconde couleur"), shown.on_color, parse(shown.color)),
    )
    return Sample(brand=brand, accent=shown, ratios=ratios, corrected=tuple(_corrected(color, accent)))


def _ratio(label: str, ink: str, paper: Rgb) -> Ratio:
    value = f"{contrast(parse(ink), paper):.1f}".replace(".", ",")
    return Ratio(label, f"{value}{NBSP}:{NBSP}1")


def _corrected(color: str, accent: str) -> list[str]:
    """Sentences for what is not as typed."""
    told = []
    for typed in filter(None, (color, accent)):
        kept = fill_of(typed).color
        if kept.lower() != typed.lower():
            message = _("%(typed)s ne permettait pas de lire un texte : elle devient %(kept)s.")
            told.append(message % {"typed": typed, "kept": kept})
    if brand_of(color).text_on_light != fill_of(color).color:
        told.append(_("Pour les liens et les titres sur fond clair, votre couleur est assombrie."))
    return told
