"""`manage.py catalogue` and `manage.py demo`."""

import json
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from hosters.models import Hoster, User
from offers.catalogue import shipped
from offers.models import TariffVersion
from tests.offers.catalogue.files import as_bytes, smallest

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.json"
    path.write_bytes(as_bytes(smallest()))
    return path


def test_import_then_export(file: Path, tmp_path: Path) -> None:
    run("catalogue", "import", str(file))
    run("catalogue", "export", "essai", str(tmp_path / "copie.json"))
    run("catalogue", "import", str(tmp_path / "copie.json"))
    assert run("catalogue", "export", "essai") == (tmp_path / "copie.json").read_text(encoding="utf-8")


def test_check_writes_nothing(file: Path) -> None:
    assert "à créer" in run("catalogue", "import", str(file), "--check")
    assert not Hoster.objects.exists()


def test_error_writes_nothing_and_tells_lines(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"price"', b'"prix"'))
    with pytest.raises(CommandError, match=r"ligne \d+, offers\[0\]\.tariff\.charges\[0\]\.prix"):
        run("catalogue", "import", str(file))
    assert not Hoster.objects.exists()


def test_file_without_hoster_needs_one(file: Path) -> None:
    data = smallest()
    del data["hoster"]
    file.write_bytes(as_bytes(data))
    with pytest.raises(CommandError, match="à qui"):
        run("catalogue", "import", str(file))


@pytest.mark.parametrize("words", [("export", "absent"), ("import", "/nulle/part.json"), ("import", "/")])
def test_what_does_not_exist_is_an_error(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run("catalogue", *words)


def test_schema_is_printed() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("catalogue", "schema")))


@pytest.mark.thorough
def test_demo_twice_changes_nothing_and_prints_the_same_logins() -> None:
    first = run("demo")
    versions = TariffVersion._base_manager.count()
    assert run("demo") == first
    assert TariffVersion._base_manager.count() == versions
    assert Hoster.objects.count() == len(shipped())


@pytest.mark.thorough
def test_demonstration_shows_two_workshops_and_marks_the_offers_of_the_course() -> None:
    run("demo")
    staffed = set(User.objects.values_list("memberships__hoster__slug", flat=True))
    assert staffed == {"artifaille", "demo"}
    for hoster in Hoster.objects.exclude(slug="demo"):
        assert hoster.is_example
        for offer in hoster.offers.model._base_manager.filter(hoster=hoster):
            assert offer.is_example and offer.comment, offer
