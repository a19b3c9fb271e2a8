import pytest

from hosters.models import Hoster
from tests.offers.linter.clean import make_clean


@pytest.fixture
def clean(artifaille: Hoster) -> Hoster:
    return make_clean(artifaille)
