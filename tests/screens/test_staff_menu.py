"""The menu of the team goes by short groups, and says on each page where one is."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hosters.models import Hoster, User

SignIn = Callable[[User], Client]
WORKSHOP = "Atelier des offres"
PAGES = [
    "offers",
    "offer_new",
    "needs",
    "new_need",
    "components",
    "new_component",
    "library",
    "models",
    "ranges",
    "new_range",
    "generator",
    "catalogue",
    "market",
    "costs",
    "evidence",
    "revenue",
    "glossary",
]
OTHERS = [
    ("dashboard", "Tableau de bord"),
    ("organizations", "Organisations"),
    ("quotes", "Devis"),
    ("invoices", "Factures"),
    ("funnel", "Entonnoir"),
    ("settings_charter", "Réglages"),
]


@pytest.mark.parametrize(("page", "entry"), [*((page, WORKSHOP) for page in PAGES), *OTHERS])
def test_menu_is_lit_on_one_entry(
    artifaille: Hoster, alix: User, signed_in: SignIn, page: str, entry: str
) -> None:
    read = signed_in(alix).get(reverse(f"staff:{page}")).content.decode()
    side = read[read.index("staff-nav__links") : read.index("staff-nav__account")]
    lit = re.findall(r"<a [^>]*aria-current[^>]*>(.*?)</a>", side, re.DOTALL)
    assert [re.sub(r"<svg.*?</svg>", "", each, flags=re.DOTALL).strip() for each in lit] == [entry]
    groups = side.split("staff-nav__title")
    assert len(groups) == 6 and all(group.count("<li><a") <= 5 for group in groups)


def test_page_of_the_workshop_is_lit_in_its_tabs(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    client: Client = signed_in(alix)
    for page in (
        "offers",
        "needs",
        "components",
        "models",
        "ranges",
        "market",
        "costs",
        "evidence",
        "revenue",
        "glossary",
    ):
        read = client.get(reverse(f"staff:{page}")).content.decode()
        tabs = read[read.index('class="tabs"') :]
        assert tabs[: tabs.index("</nav>")].count("aria-current") == 1
        assert f'<a href="{reverse(f"staff:{page}")}" aria-current="page">' in tabs
