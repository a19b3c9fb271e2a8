"""The team's browser, and a hoster that has a catalogue and no offer yet."""

from collections.abc import Callable

import pytest
from django.test import Client

from hosters.models import Hoster, User
from offers.models import Component, ComponentKind, Need
from tests.factories import say_everything

SignIn = Callable[[User], Client]
#: Hosting, mail, domain, two hours of support a month, training: the *pack asso* of the course.
PACK = [
    ("Avoir un site", "Un site facile à tenir à jour", ComponentKind.PRODUIT),
    ("Écrire à son nom", "Des adresses à votre nom", ComponentKind.PRODUIT),
    ("Être trouvé", "Une adresse à vous sur Internet", ComponentKind.PRODUIT),
    ("Être aidé", "Du temps avec une personne qui vous connaît", ComponentKind.SERVICE),
    ("Apprendre", "Une demi-journée de formation", ComponentKind.PRESTATION),
]


@pytest.fixture
def team(alix: User, signed_in: SignIn) -> Client:
    return signed_in(alix)


@pytest.fixture
def catalogue(artifaille: Hoster) -> list[Component]:
    rows = []
    for rank, (title, function, kind) in enumerate(PACK, 1):
        need = Need.objects.create(hoster=artifaille, title=title, position=rank)
        rows.append(
            Component.objects.create(
                hoster=artifaille, need=need, slug=f"c{rank}", function=function, kind=kind, position=rank
            )
        )
    return rows


@pytest.fixture
def promised(artifaille: Hoster) -> Hoster:
    """Nothing that the hoster says of itself stands in the way of a publication."""
    return say_everything(artifaille)
