"""The hoster's own words: the allow-list, what must stay, hostile values, and a text for every kind of mail."""

from collections.abc import Callable

import pytest
from django.core import mail as outbox
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from hosters.mail import parts_of, queue_mail, registered_kinds, send
from hosters.mail_texts import (
    TextKind,
    UnknownPlaceholder,
    change_text,
    check_text,
    default_text,
    fill,
    reset_text,
    samples,
    text_kind,
    text_kinds,
    text_of,
)
from hosters.models import Hoster, MailText, Role, User
from pricing.typography import french
from tests.factories import make_offer, make_quote, make_staff
from tests.hostile_texts import SNIPPETS
from tests.pages import words
from tests.sampling import sampled

SignIn = Callable[[User], Client]
#: The first is not a mail (it finds out whose links were asked); two open the door of the workshop; a person of the
#: team writes the words of the others each time.
WITHOUT_WORDS = {
    "space_asked",
    "staff_invited",
    "password_asked",
    "letter",
    "newsletter",
    "newsletter_trial",
}


def kind_named(name: str) -> TextKind:
    found = text_kind(name)
    assert found is not None
    return found


def test_every_mail_has_words_that_can_be_changed() -> None:
    """A kind registered without `register_text` leaves in words that no hoster can change."""
    assert set(registered_kinds()) - {kind.kind for kind in text_kinds()} == WITHOUT_WORDS


@pytest.mark.parametrize("kind", text_kinds(), ids=lambda kind: kind.kind)
class TestEachKind:
    def test_default_words_obey_their_own_rules(self, kind: TextKind) -> None:
        subject, body = default_text(kind)
        check_text(kind, subject=subject, body=body)
        assert body.startswith("Bonjour")
        assert "{%" not in body
        assert "'" not in body + subject

    def test_it_has_a_text_an_html_part_and_who_writes(self, kind: TextKind, artifaille: Hoster) -> None:
        subject, body = (fill(text, samples(kind, artifaille)) for text in default_text(kind))
        parts = parts_of(artifaille, subject=subject, body=body, link=("Ouvrir", "https://a.example/x"))
        for template in ("mails/message.txt", "mails/message.html"):
            written = render_to_string(template, parts)
            assert artifaille.name in written
            assert artifaille.email in written
            assert "{{" not in written
            assert len(words(written)) > 100

    @pytest.mark.parametrize("snippet", sampled(SNIPPETS))
    def test_hostile_value_stays_a_value(self, kind: TextKind, artifaille: Hoster, snippet: str) -> None:
        values = dict.fromkeys(kind.names(), snippet)
        subject, body = (fill(text, values) for text in default_text(kind))
        parts = parts_of(artifaille, subject=subject, body=body, link=None)
        html = render_to_string("mails/message.html", parts)
        assert "<" not in snippet or snippet not in html
        assert "\n" not in parts["subject"]
        if kind.placeholders and snippet == "{{ nom }}":
            assert "{{ nom }}" in body  # never read a second time


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Le devis de {{ hebergeur }}.", "Le devis d’Artifaille."),
        ("De {{ hebergeur }}.", "D’Artifaille."),
        ("Le devis de {{ autre }}.", "Le devis de La Gouttière."),
        ("Une idée {{ hebergeur }}.", "Une idée Artifaille."),
    ],
)
def test_de_before_a_value_is_said_as_in_french(text: str, said: str) -> None:
    assert fill(text, {"hebergeur": "Artifaille", "autre": "La Gouttière"}) == said


def test_unknown_placeholder_is_refused_with_the_list_of_those_that_exist() -> None:
    kind = kind_named("invoice_issued")
    with pytest.raises(UnknownPlaceholder, match=r"\{\{ secret \}\} n’existe pas.*nom, facture"):
        check_text(kind, subject="Bonjour", body="{{ secret }}")
    with pytest.raises(UnknownPlaceholder):
        check_text(kind, subject="{{ settings.SECRET_KEY }}", body="x")


@pytest.mark.parametrize("missing", ["date", "recapitulatif", "effets"])
def test_words_that_the_law_wants_must_stay(missing: str) -> None:
    """CON-04: content, date, time and effects of a termination."""
    kind = kind_named("termination_acknowledged")
    subject, body = default_text(kind)
    with pytest.raises(UnknownPlaceholder, match="ne peut pas se passer"):
        check_text(kind, subject=subject, body=body.replace("{{ " + missing + " }}", ""))


def test_own_words_leave_with_the_next_mail_and_ours_come_back(artifaille: Hoster) -> None:
    quote, kind = make_quote(make_offer(artifaille)), kind_named("quote_sent")
    change_text(hoster=artifaille, kind=kind, subject="Le devis {{ devis }} !", body="Salut {{ nom }}")
    send(queue_mail(hoster=artifaille, kind="quote_sent", to="a@b.example", reference=quote.pk))
    assert outbox.outbox[-1].subject == f"Le devis {quote.number}\u202f!"
    assert outbox.outbox[-1].body.startswith("Salut Dominique Petit\n")
    reset_text(hoster=artifaille, kind=kind)
    assert text_of(artifaille, kind) == tuple(french(text) for text in default_text(kind))


def test_words_of_another_hoster_are_theirs(artifaille: Hoster, other: Hoster) -> None:
    MailText.objects.create(hoster=other, kind="quote_sent", subject="CANARI", body="CANARI")
    assert "CANARI" not in text_of(artifaille, kind_named("quote_sent"))[1]


def test_page_previews_keeps_nothing_then_saves_and_resets(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    client, url = signed_in(alix), f"{reverse('staff:mail_text')}?courriel=space_link"
    sent = {"subject": "La porte", "body": "Entrez chez {{ hebergeur }}."}
    assert "Entrez chez Artifaille." in words(client.post(url, sent | {"preview": "1"}))
    assert not MailText.objects.exists()
    assert client.post(url, sent).status_code == 302
    assert MailText.objects.get().subject == "La porte"
    assert "n’existe pas" in words(client.post(url, sent | {"body": "{{ x }}"}))
    client.post(f"{reverse('staff:reset_mail_text')}?courriel=space_link")
    assert not MailText.objects.exists()


def test_accountant_changes_no_words(artifaille: Hoster, signed_in: SignIn) -> None:
    client = signed_in(make_staff(artifaille, Role.ACCOUNTANT))
    assert client.get(reverse("staff:mail_texts")).status_code == 403


def test_list_of_mails_is_one_page_in_few_queries(
    artifaille: Hoster, alix: User, signed_in: SignIn, django_assert_num_queries: Callable[[int], object]
) -> None:
    client = signed_in(alix)
    with django_assert_num_queries(6):  # type: ignore[attr-defined]
        read = words(client.get(reverse("staff:mail_texts")))
    assert all(str(kind.label) in read for kind in text_kinds())
