"""The demonstration shows a quote whose supplements are counted again, where the catalogue sells some."""

from django.http import QueryDict

from billing.models import Quote
from billing.quoting.choice import options_shown
from hosters.demonstration import tell_stories
from hosters.models import Hoster, User
from tests.factories import MARMULE, make_offer

BOXES = {"code": "boxes", "label": "Boîtes en plus", "unit": "boîte", "maximum": "9", "price": "2.50"}


def test_supplements_may_be_tried_in_the_demonstration(artifaille: Hoster, alix: User) -> None:
    make_offer(artifaille, tariff=MARMULE | {"options": [BOXES]})
    for _again in range(2):
        tell_stories(artifaille)
    quote = Quote.objects.get(organization__name="Le Club de lecture du port")
    shown = options_shown(quote, QueryDict())
    assert quote.undecided and shown is not None
    assert [field.label for offer in shown.supplements for field in offer.fields] == ["Boîtes en plus"]
