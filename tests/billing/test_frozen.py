"""What was issued never changes: not its row, not its lines, not its file."""

from pathlib import Path

import pytest
from django.http import Http404

from billing.documents import files
from billing.downloads import pdf_response
from billing.models import Acceptance, Document, Invoice, InvoiceLine, Payment, Quote, QuoteLine
from billing.models.frozen import Frozen, FrozenError
from offers.models import Offer
from tests.factories import make_file, make_invoice, make_quote


def test_every_issued_thing_is_frozen() -> None:
    assert all(
        issubclass(model, Frozen) for model in (Acceptance, Invoice, InvoiceLine, Payment, Quote, QuoteLine)
    )


@pytest.mark.parametrize("model", [Quote, QuoteLine, Invoice, InvoiceLine, Acceptance])
def test_issued_row_refuses_to_change(marmule: Offer, model: type[Frozen]) -> None:
    make_invoice(marmule)
    row = model._default_manager.first()
    assert row is not None
    with pytest.raises(FrozenError, match="ne change plus"):
        row.save()
    with pytest.raises(FrozenError, match="ne change plus"):
        row.save(update_fields=["id"])
    with pytest.raises(FrozenError, match="ne s’efface pas"):
        row.delete()


def test_only_the_state_of_a_quote_lives_on(marmule: Offer) -> None:
    quote = make_quote(marmule)
    quote.state = Quote.State.ACCEPTED
    quote.save(update_fields=["state"])
    with pytest.raises(FrozenError):
        quote.save(update_fields=["state", "number"])


def test_document_keeps_the_names_of_its_day(marmule: Offer) -> None:
    """Renaming an organisation, a hoster or an offer changes no document."""
    quote = make_quote(marmule)
    quote.organization.name = "Autre nom"
    quote.organization.save()
    marmule.name = "Autre offre"
    marmule.save()
    marmule.hoster.legal_name = "Autre hébergeur"
    marmule.hoster.save()
    again = Quote.objects.get()
    assert again.buyer["name"] == "Les Amis du lavoir"
    assert again.promise["offer"] == "Marmule"
    assert again.seller["name"] != "Autre hébergeur"


def test_file_is_never_made_again(marmule: Offer) -> None:
    document = make_file(make_quote(marmule).document, b"%PDF le premier")
    files.store(document, b"%PDF un autre")
    document.refresh_from_db()
    assert files.read(document) == b"%PDF le premier"


@pytest.mark.parametrize("damage", ["one byte", "missing"])
def test_damaged_file_is_not_shown(marmule: Offer, damage: str) -> None:
    document = make_file(make_quote(marmule).document, b"%PDF le premier")
    if damage == "missing":
        document.path.unlink()
    else:
        document.path.write_bytes(b"%PDF le Premier")
    with pytest.raises(files.DamagedFile):
        files.read(document)
    with pytest.raises(Http404):
        pdf_response(document)


def test_failed_write_leaves_nothing_behind(marmule: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_quote(marmule).document

    def full(self: Path, target: Path) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.store(document, b"%PDF")
    assert list(document.path.parent.iterdir()) == []
    assert Document.objects.get().sha256 == ""


def test_path_of_a_file_holds_nothing_typed(marmule: Offer, settings: object) -> None:
    document = make_quote(marmule).document
    assert document.path.parts[-2:] == (str(document.hoster_id), f"{document.pk}.pdf")
