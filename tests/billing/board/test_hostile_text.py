"""Every text field of the pages of a board, with what somebody may type to do harm: shown as typed, or refused."""

from html import escape
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from billing.models import BoardSummary, BoardVote, Quote
from hosters.models import User
from tests.billing.board.test_decision import record
from tests.billing.board.test_vote import MEMBERS, ask, links
from tests.billing.documents.hostile import Canary, snippets
from tests.billing.documents.reading import names_of, pages_of
from tests.sampling import sampled

SNIPPETS = snippets(Canary("http://127.0.0.1:9", Path("/etc/hostname"), "secret"))
PAGES = ("", "liens/", "reunion/", "synthese/", "decision/", "vote/")


def harmless(page: str, text: str) -> bool:
    """No markup of the snippet became markup of the page."""
    return not (text.startswith("<") and text in page) and "SECRET_KEY" not in page.replace(escape(text), "")


@pytest.mark.parametrize("text", sampled(SNIPPETS))
def test_hostile_text_is_shown_as_it_was_typed(client: Client, quote: Quote, decide: str, text: str) -> None:
    client.post(decide + "ca/synthese/completer/", {"replaces": text, "replaced_yearly": ""})
    members = "\n".join([f'"{text.replace(chr(34), "")}" <a@lavoir.example>', *MEMBERS])
    ask(
        client,
        decide,
        question=text,
        mandated_name=text[:80],
        mandated_role=text[:80],
        quorum="0",
        members=members,
    )
    if not BoardVote.objects.exists():  # such a name is not an address
        ask(client, decide, question=text, mandated_name=text[:80], mandated_role=text[:80], quorum="0")
    voter = links()[0]
    client.post(voter, {"choice": "for", "comment": text})
    url = f"{decide}ca/vote/{BoardVote.objects.get().pk}/"
    client.post(url + "clore/")
    record(client, decide, minutes_reference=text[:120], conditions=text, key=str(uuid4()))
    for page in (voter, url, *(f"{decide}ca/{page}" for page in PAGES)):
        answer = client.get(page)
        assert answer.status_code == 200
        assert harmless(answer.content.decode(), text), page


@pytest.mark.parametrize("text", sampled(SNIPPETS[::4], 6))
def test_hostile_text_is_printed_as_words(client: Client, quote: Quote, decide: str, text: str) -> None:
    client.post(decide + "ca/synthese/completer/", {"replaces": text})
    reader = pages_of(BoardSummary.objects.get())
    assert not names_of(reader) & {"/EmbeddedFile", "/JavaScript", "/Launch"}


def test_team_reads_hostile_text_as_words(
    client: Client, quote: Quote, decide: str, alix: User, signed_in: object
) -> None:
    text = "<img src=x onerror=alert(1)>"
    record(client, decide, conditions=text, minutes_reference=text, mandated_name=text, mandated_role=text)
    staff = signed_in(alix)  # type: ignore[operator]
    for page in (quote.get_absolute_url(), quote.organization.get_absolute_url(), "/gestion/"):
        assert text not in staff.get(page).content.decode()


@pytest.mark.parametrize("typed", ["a\x00b", "a\u202eb", "a\r\nBcc: z@z.example", "\ud83d\ude00" * 10])
def test_control_marks_never_reach_a_row(client: Client, quote: Quote, decide: str, typed: str) -> None:
    typed = typed.encode("utf-16", "surrogatepass").decode("utf-16")
    client.post(decide + "ca/synthese/completer/", {"replaces": typed})
    kept = "".join(BoardSummary.objects.values_list("replaces", flat=True))
    assert not set(kept) & set("\x00\u202e\r\n")
