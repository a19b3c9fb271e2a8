"""A vote online: own links, one changeable voice, an end at midnight in Paris, counts that become the decision."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.test import Client

from billing.access_links import mint_link
from billing.board.reminders import run_boards
from billing.board.votes import MOST_VOTES
from billing.models import AccessLink, Ballot, BallotLink, BoardDecision, BoardVote, Quote, QuoteEvent
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.quoting.versions import revise_quote, withdraw_quote
from hosters.mail import send
from hosters.models import Mail
from offers.models import Offer
from tests.factories import make_acceptance, make_quote
from tests.pages import words

At = Callable[[str], None]
TOKEN = re.compile(r"/vote/([\w-]{43})/")
MEMBERS = [f"Membre {letter} <{letter.lower()}@lavoir.example>" for letter in "ABCDEFG"]
ASKED = {
    "body": "board",
    "question": "Prenons-nous la Marmule ?",
    "members": "\n".join(MEMBERS),
    "closes_on": "2026-11-29",
    "quorum": "4",
    "secrecy": "named",
    "mandated_name": "Camille Roux",
    "mandated_role": "Présidente",
    "mandated_email": "camille@lavoir.example",
}


def ask(client: Client, decide: str, **changes: Any) -> str:
    return words(client.post(decide + "ca/vote/", ASKED | {"key": str(uuid4())} | changes, follow=True))


def links() -> list[str]:
    """The address of each member's page, as their mail gives it."""
    outbox.outbox.clear()
    for row in Mail.objects.filter(kind="ballot").order_by("pk"):
        send(row)
    return [f"/vote/{TOKEN.search(str(message.body))[1]}/" for message in outbox.outbox]  # type: ignore[index]


def cast(client: Client, voters: list[str], choices: str) -> None:
    """F for, A against, S abstention, in the order of the members."""
    codes = {"F": "for", "A": "against", "S": "abstain"}
    for voter, choice in zip(voters, choices, strict=False):
        assert client.post(voter, {"choice": codes[choice], "comment": f"mot {choice}"}).status_code == 302


def close(client: Client, decide: str) -> str:
    vote = BoardVote.objects.get()
    return words(client.post(f"{decide}ca/vote/{vote.pk}/clore/", follow=True))


def test_whole_vote_becomes_the_decision(client: Client, quote: Quote, decide: str) -> None:
    assert "0 personne sur 7" in ask(client, decide)
    cast(client, links(), "FFFAS")
    shown = close(client, decide)
    made = BoardDecision.objects.get()
    assert (made.result, made.votes_for, made.votes_against, made.votes_abstain) == ("accepted", 3, 1, 1)
    assert (made.present, made.quorum, made.vote) == (5, 4, BoardVote.objects.get())
    assert "Procès-verbal de consultation" in shown
    assert "Quorum atteint : 5 votes sur 4 requis" in shown and "Accepter le devis…" in shown
    assert "Membre A oui pour mot F" in shown
    assert Mail.objects.get(kind="mandate_given").to == "camille@lavoir.example"


@pytest.mark.parametrize(
    ("choices", "result"),
    [
        ("FFF", "postponed"),
        ("FFAA", "postponed"),
        ("FAAA", "refused"),
        ("SSSS", "postponed"),
        ("FSSS", "accepted"),
    ],
)
def test_result_follows_quorum_and_majority(
    client: Client, quote: Quote, decide: str, choices: str, result: str
) -> None:
    ask(client, decide)
    cast(client, links(), choices)
    close(client, decide)
    assert BoardDecision.objects.get().result == result
    quote.refresh_from_db()
    assert (quote.state == Quote.State.REFUSED) == (result == "refused")


def test_scanner_of_mails_changes_nothing(client: Client, quote: Quote, decide: str) -> None:
    ask(client, decide)
    for url in links():
        for method in ("get", "head"):
            assert getattr(client, method)(url + "?choice=for").status_code == 200
        assert client.put(url).status_code == 405
    assert not Ballot.objects.exclude(cast_at=None).exists()
    assert not QuoteEvent.objects.filter(act="vote").exists()


def test_member_votes_once_and_may_change(client: Client, quote: Quote, decide: str) -> None:
    ask(client, decide)
    voter = links()[0]
    cast(client, [voter], "F")
    cast(client, [voter], "A")
    assert "Vous avez voté « contre »" in words(client.get(voter))
    close(client, decide)
    assert (BoardDecision.objects.get().votes_for, BoardDecision.objects.get().votes_against) == (0, 1)
    assert QuoteEvent.objects.filter(act="vote").count() == 1


def test_two_mails_to_one_member_make_one_voice(client: Client, quote: Quote, decide: str) -> None:
    ask(client, decide)
    first, second = links()[0], links()[0]
    assert first != second
    cast(client, [first], "F")
    cast(client, [second], "A")
    assert Ballot.objects.exclude(cast_at=None).count() == 1
    assert not {url.split("/")[2] for url in (first, second)} & set(
        BallotLink.objects.values_list("digest", flat=True)
    )


def test_vote_ends_at_midnight_in_paris(client: Client, quote: Quote, decide: str, at: At) -> None:
    ask(client, decide)
    voters = links()
    at("2026-11-29 23:59:59+01:00")
    cast(client, voters[:4], "FFFF")
    assert run_boards() >= 0
    assert not BoardDecision.objects.exists()
    at("2026-11-30 00:00:00+01:00")
    answer = client.post(voters[4], {"choice": "against"}, follow=True)
    assert "Ce vote est terminé" in words(answer)
    run_boards()
    run_boards()
    made = BoardDecision.objects.get()
    assert (made.votes_for, made.votes_against, str(made.decided_on)) == (4, 0, "2026-11-29")
    assert "Résultat : accepté" in words(client.get(voters[0]))


def test_opener_reads_the_count_at_the_end_only(client: Client, quote: Quote, decide: str) -> None:
    ask(client, decide)
    cast(client, links(), "FF")
    page = words(client.get(f"{decide}ca/vote/{BoardVote.objects.get().pk}/"))
    assert "2 personnes sur 7 ont voté" in page
    assert "mot F" not in page
    assert "Compte provisoire" not in page


def test_opener_reads_the_count_at_once_when_the_rule_says_so(
    client: Client, quote: Quote, decide: str
) -> None:
    ask(client, decide, live="on")
    voters = links()
    cast(client, voters, "FA")
    page = words(client.get(f"{decide}ca/vote/{BoardVote.objects.get().pk}/"))
    assert "Compte provisoire" in page
    assert "2 votes exprimés sur 7" in page
    assert "mot F" not in words(client.get(voters[2]))


def test_secret_vote_forgets_who_voted_what(client: Client, quote: Quote, decide: str) -> None:
    assert "décochez cette case" in ask(client, decide, secrecy="secret", live="on")
    ask(client, decide, secrecy="secret")
    voters = links()
    assert "Vote secret" in words(client.get(voters[0]))
    cast(client, voters, "FFAS")
    shown = close(client, decide)
    assert set(Ballot.objects.values_list("choice", "comment")) == {("", "")}
    assert "2 Pour 1 Contre 1 Abstentions" in shown
    assert BoardVote.objects.get().remarks == ["mot A", "mot F", "mot F", "mot S"]
    assert "Membre A oui" in shown
    assert "Membre A oui pour" not in shown


def test_cancelled_vote_opens_nothing_and_another_may_follow(
    client: Client, quote: Quote, decide: str
) -> None:
    ask(client, decide)
    voters = links()
    client.post(f"{decide}ca/vote/{BoardVote.objects.get().pk}/annuler/")
    assert [client.get(url).status_code for url in voters] == [404] * 7
    assert client.post(voters[0], {"choice": "for"}).status_code == 404
    ask(client, decide)
    assert BoardVote.objects.filter(cancelled_at=None).count() == 1


def test_form_sent_twice_opens_one_vote(client: Client, quote: Quote, decide: str) -> None:
    key = str(uuid4())
    for _again in range(2):
        ask(client, decide, key=key)
    assert BoardVote.objects.count() == 1
    assert Mail.objects.filter(kind="ballot").count() == 7
    assert "Un vote est déjà ouvert" in ask(client, decide)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"quorum": "8"}, "quorum dépasse"),
        ({"closes_on": "2026-11-21"}, "au plus tôt aujourd’hui"),
        ({"closes_on": "2027-01-21"}, "avant le dernier jour de validité"),
        ({"members": ""}, "obligatoire"),
        ({"members": "\n".join(f"m{n}@lavoir.example" for n in range(41))}, "Au plus 40 adresses"),
        ({"members": "moi"}, "n’est pas une adresse"),
        ({"mandated_name": ""}, "obligatoire"),
        ({"secrecy": "x"}, "Sélectionnez un choix valide"),
    ],
)
def test_vote_that_cannot_be_is_told(
    client: Client, quote: Quote, decide: str, changes: dict[str, str], sentence: str
) -> None:
    assert sentence in ask(client, decide, **changes)
    assert not BoardVote.objects.exists()


def test_nobody_votes_once_the_quote_is_accepted(client: Client, quote: Quote, decide: str) -> None:
    ask(client, decide)
    voters = links()
    make_acceptance(quote)
    client.post(voters[0], {"choice": "for"})
    assert not Ballot.objects.exclude(cast_at=None).exists()
    assert "sans effet" in close(client, decide)
    assert not BoardDecision.objects.exists()


def test_decision_waits_for_the_end_of_an_open_vote(client: Client, quote: Quote, decide: str) -> None:
    ask(client, decide)
    values = {key: ASKED[key] for key in ("body", "mandated_name", "mandated_role", "mandated_email")}
    values |= {"result": "accepted", "decided_on": "2026-11-22", "confirmed": "on", "key": str(uuid4())}
    assert "Un vote en ligne est ouvert" in words(client.post(decide + "ca/decision/", values))
    assert not BoardDecision.objects.exists()


def test_closing_twice_counts_once(client: Client, quote: Quote, decide: str) -> None:
    ask(client, decide)
    cast(client, links(), "FFFF")
    close(client, decide)
    close(client, decide)
    run_boards()
    assert BoardDecision.objects.count() == 1


@pytest.mark.parametrize("token", ["x" * 43, "", "../..", "é" * 43])
def test_forged_link_is_a_page_that_does_not_exist(client: Client, quote: Quote, token: str) -> None:
    assert client.get(f"/vote/{token}/").status_code == 404


@pytest.mark.parametrize("choice", ["", "yes", "for ", "FOR"])
def test_silly_choice_is_refused(client: Client, quote: Quote, decide: str, choice: str) -> None:
    ask(client, decide)
    client.post(links()[0], {"choice": choice})
    assert not Ballot.objects.exclude(cast_at=None, choice="").exclude(choice__in=["", "for"]).exists()


def test_question_and_names_are_not_in_the_mails_of_strangers(
    client: Client, quote: Quote, decide: str
) -> None:
    """Somebody who would use us to write to strangers cannot say anything of their own."""
    ask(client, decide, question="Achetez https://spam.example !")
    links()
    assert all("spam.example" not in str(message.body) for message in outbox.outbox)


def refuse(client: Client, quote: Quote, decide: str) -> None:
    client.post(decide + "refuser/", {"reason": "price", "note": ""})


def accept(client: Client, quote: Quote, decide: str) -> None:
    make_acceptance(quote)


def replace(client: Client, quote: Quote, decide: str) -> None:
    send_draft(draft=revise_quote(quote=quote, told=Told()), told=Told())


def withdraw(client: Client, quote: Quote, decide: str) -> None:
    withdraw_quote(quote=quote, told=Told(note="Erreur"))


@pytest.mark.parametrize("end", [refuse, accept, replace, withdraw])
def test_vote_ends_without_effect_with_its_quote(
    client: Client, quote: Quote, decide: str, end: Callable[..., None]
) -> None:
    """ASS-03: no link of a vote works on a quote that waits for no decision, and nothing is counted from it."""
    ask(client, decide)
    voter, *_others = links()
    cast(client, [voter], "F")
    end(client, quote, decide)
    vote = BoardVote.objects.get()
    assert vote.closed_at and not vote.open and not BoardDecision.objects.exists()
    shown = words(client.get(voter))
    assert "Ce vote est sans effet" in shown and "mot F" in shown
    assert "Ce vote est terminé" in words(client.post(voter, {"choice": "against"}, follow=True))


def test_secret_vote_that_ends_with_its_quote_forgets_who_voted_what(
    client: Client, quote: Quote, decide: str
) -> None:
    ask(client, decide, secrecy="secret")
    voter, *_others = links()
    cast(client, [voter], "F")
    refuse(client, quote, decide)
    assert not Ballot.objects.exclude(choice="", comment="").exists()
    assert BoardVote.objects.get().remarks == ["mot F"]
    shown = words(client.get(voter))
    assert "Ce vote est sans effet" in shown and "0 vote" not in shown


def test_vote_stopped_by_a_new_version_is_told_on_it(client: Client, quote: Quote, decide: str) -> None:
    """Whoever opened the vote learns it where they are sent now, until another vote is open."""
    ask(client, decide)
    replace(client, quote, decide)
    told = f"Il portait sur le devis {quote.number}, que celui-ci remplace"
    assert told in words(client.get(decide + "ca/"))
    ask(client, decide)
    assert told not in words(client.get(decide + "ca/"))


def test_whole_board_votes_from_one_room(client: Client, quote: Quote, decide: str, settings: Any) -> None:
    """One address for everybody, and more voices than a public form may send in an hour."""
    ask(client, decide)
    settings.PUBLIC_FORMS_PER_HOUR = 3
    cast(client, links(), "FFFFFFF")
    assert Ballot.objects.filter(choice="for").count() == len(MEMBERS)


def test_new_version_gives_no_new_votes(client: Client, quote: Quote, decide: str) -> None:
    """Each vote writes to forty people: versions of one quote share the limit."""
    for _each in range(MOST_VOTES):
        ask(client, decide)
        client.post(f"{decide}ca/vote/{BoardVote.objects.latest('pk').pk}/annuler/")
    send_draft(draft=revise_quote(quote=quote, told=Told()), told=Told())
    assert "a déjà eu 5 votes" in ask(client, decide)
    assert BoardVote.objects.count() == MOST_VOTES


def test_vote_of_another_quote_is_not_cancelled(
    client: Client, quote: Quote, decide: str, marmule: Offer
) -> None:
    ask(client, decide)
    foreign = make_quote(marmule)
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=foreign.contact, quote=foreign)
    vote = BoardVote.objects.get()
    assert client.post(f"/devis/{token}/ca/vote/{vote.pk}/annuler/").status_code == 404
    vote.refresh_from_db()
    assert vote.cancelled_at is None
