"""A year in one file that is verified without Chatière (ISC-03, RET-02)."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone

from billing.ledger.archive.making import ask_archive, progress
from billing.ledger.verification import verify
from billing.models import Archive, Invoice, LedgerEntry
from hosters.models import Hoster, User
from tests.worker import do_the_work


def unpacked(archive: Archive, into: Path) -> Path:
    with zipfile.ZipFile(archive.path) as zipped:
        zipped.extractall(into)
    return into


def verified(folder: Path, *options: str) -> tuple[int, str]:
    """The program of the archive, run alone: no Django, no path of ours."""
    told = subprocess.run(
        [sys.executable, "-I", str(folder / "verifier.py"), *options], capture_output=True, text=True, cwd="/"
    )
    return told.returncode, told.stdout


def test_archive_holds_the_year_and_verifies_itself(
    artifaille: Hoster, invoices: list[Invoice], alix: User, tmp_path: Path
) -> None:
    """ISC-05: JSON lines and PDF, an open format, as long as the administration has published none."""
    year = timezone.localdate().year
    archive = ask_archive(hoster=artifaille, year=year, by=alix)
    assert ask_archive(hoster=artifaille, year=year, by=alix) == archive  # asked twice, made once
    do_the_work()
    archive.refresh_from_db()
    assert progress(archive)["share"] == 100
    folder = unpacked(archive, tmp_path / "archive")
    assert len(list((folder / "pdf").iterdir())) == len(invoices)
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder).returncode == 0
    assert verified(folder)[0] == 0
    assert verified(folder, "--cle", str(settings.LEDGER_KEYS))[0] == 0
    assert LedgerEntry.objects.filter(event="archived", content=archive.sha256).exists()
    assert verify(artifaille).sound

    data = folder / "billing.invoice.jsonl"
    data.write_text(data.read_text().replace("Lavoir 1", "Lavoir 9"))
    code, told = verified(folder)
    assert code == 1
    assert f"{invoices[1].number} (billing.invoice)" in told
    assert invoices[0].number not in told


def test_damaged_file_stops_the_archive_and_is_told(
    artifaille: Hoster, invoices: list[Invoice], alix: User
) -> None:
    invoices[0].document.path.write_bytes(b"autre chose")
    archive = ask_archive(hoster=artifaille, year=timezone.localdate().year, by=alix)
    do_the_work()
    archive.refresh_from_db()
    assert not archive.ready
    assert "a changé" in archive.parts.get().last_error


def test_archive_of_another_hoster_is_a_page_that_does_not_exist(
    artifaille: Hoster,
    invoices: list[Invoice],
    alix: User,
    camille: User,
    signed_in: Callable[[User], Client],
) -> None:
    archive = ask_archive(hoster=artifaille, year=timezone.localdate().year, by=alix)
    do_the_work()
    url = f"/chez/artifaille/gestion/comptabilite/archives/{archive.pk}/"
    answer = signed_in(alix).get(url)
    assert b"".join(answer.streaming_content) == archive.path.read_bytes()
    assert signed_in(camille).get(url).status_code == 404
