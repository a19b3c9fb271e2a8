"""What the logs keep of addresses that open something by themselves."""

import logging

import pytest

from config.logs import OneLineFormatter

TOKEN = "HxYfJnG5SAYS0wsQMthHM2GeiATy1RDXlovHyoWCuwg"


def line(text: str) -> str:
    return OneLineFormatter().format(
        logging.LogRecord("django.request", logging.WARNING, "", 0, text, None, None)
    )


@pytest.mark.parametrize(
    "path",
    [
        f"/chez/artifaille/devis/{TOKEN}/ca/synthese/completer/",
        f"/vote/{TOKEN}/",
        f"/espace/lien/{TOKEN}/",
        f"/cahier-des-charges/WzEsMV0:{TOKEN}/reprendre/",
        f"/compte/password/reset/key/3-{TOKEN}/",
        f"/vote/{TOKEN}",
    ],
)
def test_secret_link_is_not_in_the_log(path: str) -> None:
    """A refused method or a missing form token is logged with its address, and the link still opens."""
    said = line(f"Method Not Allowed (GET): {path}")
    assert TOKEN not in said
    assert path.split(TOKEN)[0].removesuffix("3-").removesuffix("WzEsMV0:") + "…" in said


@pytest.mark.parametrize("path", ["/gestion/devis/12/", "/offres/marmule/devis/", "/devis/"])
def test_other_addresses_are_whole(path: str) -> None:
    assert path in line(f"Not Found: {path}")


def test_line_break_makes_no_second_entry() -> None:
    assert "\n" not in line("Not Found: /x\n2026 INFO chatiere tout va bien")
