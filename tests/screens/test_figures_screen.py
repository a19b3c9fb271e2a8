"""The figures of a hoster on one screen: empty, full, in the same few queries, with their definitions."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from billing.figures.bars import chart_of
from billing.figures.rows import FIGURES
from billing.figures.sales import Kind
from billing.models import Satisfaction
from billing.satisfaction import answer_satisfaction, ask_for_satisfaction
from hosters.mail import send
from hosters.models import Hoster, Mail, User
from tests.billing.test_journey import link_in, mail_to
from tests.factories import make_invoice, make_offer, make_quote
from tests.pages import words
from tests.screens.test_staff_lists import associations

SignIn = Callable[[User], Client]
At = Callable[[str], None]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_figures_take_the_same_few_queries(
    artifaille: Hoster, alix: User, signed_in: SignIn, django_assert_num_queries: Any, number: int
) -> None:
    associations(artifaille, number)
    client = signed_in(alix)
    with django_assert_num_queries(10):
        read = words(client.get(reverse("staff:figures")))
    assert f"{number} structure" in read


def test_empty_figures_divide_nothing(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    read = words(signed_in(alix).get(reverse("staff:figures")))
    assert "0,00 € de revenu récurrent" in read
    assert "Personne n’était client il y a un an." in read
    assert "– score de recommandation" in read


def test_what_has_nothing_to_draw_says_so(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """A hoster that opened today: words in the place of empty frames."""
    client = signed_in(alix)
    figures = client.get(reverse("staff:figures"))
    read = words(figures)
    assert (
        "Aucun abonnement payant" in read
        and "Rien n’a été facturé" in read
        and "Personne n’est encore passé" in read
    )
    assert 'class="months"' not in figures.content.decode() and "bars__bar" not in figures.content.decode()
    dashboard = client.get(reverse("staff:dashboard"))
    assert "Personne n’est encore passé ces 30 derniers jours" in words(dashboard)
    assert "Personne n’est entré dans le carnet" in words(client.get(reverse("staff:figures_relations")))


def test_chart_says_what_its_tallest_bar_stands_for() -> None:
    months = [
        (date(2026, month, 1), Decimal(low), Decimal(high))
        for month, low, high in ((9, 0, 0), (10, 30, 10), (11, 20, 0))
    ]
    chart = chart_of(months)
    assert chart is not None
    assert (chart.tallest, chart.amount) == (date(2026, 10, 1), Decimal(40))
    assert [(bar.low, bar.high) for bar in chart.bars] == [(0, 0), (75, 25), (50, 0)]
    assert chart_of(months[:1]) is None and chart_of([]) is None


def test_share_under_one_percent_is_not_nothing() -> None:
    kinds = [Kind("a", Decimal("16.66"), 0), Kind("b", Decimal(0), 0), Kind("c", Decimal(-5), -3)]
    assert [(kind.tiny, kind.bar) for kind in kinds] == [(True, 1), (False, 0), (False, 0)]


@pytest.mark.parametrize("code", FIGURES)
def test_figure_opens_its_rows_and_says_how_it_is_counted(
    artifaille: Hoster, alix: User, signed_in: SignIn, at: At, code: str
) -> None:
    client, page = signed_in(alix), reverse(f"staff:figure_{code}")
    read = words(client.get(page))
    assert "Comment c’est compté." in read and "Rien pour l’instant" in read


def test_rows_behind_the_figures(artifaille: Hoster, alix: User, signed_in: SignIn, at: At) -> None:
    at("2026-11-22 10:00+01:00")
    invoice = make_invoice(make_offer(artifaille))
    quote = make_quote(make_offer(artifaille))
    client = signed_in(alix)
    assert invoice.number in words(client.get(reverse("staff:figure_impayes")))
    assert quote.number in words(client.get(reverse("staff:figure_devis-ouverts")))
    assert "Les Amis du lavoir" in words(client.get(reverse("staff:figure_recurrent")))
    at("2027-10-01 10:00+02:00")
    client = signed_in(alix)
    assert "Les Amis du lavoir" in words(client.get(reverse("staff:figure_echeances")))


def test_association_answers_from_its_mail_without_an_account(artifaille: Hoster, at: At) -> None:
    """One mail; opening the link answers nothing; the answer may change; no means no for the next contract too."""
    at("2026-11-22 10:00+01:00")
    offer = make_offer(artifaille)
    make_invoice(offer)
    at("2027-02-22 10:00+01:00")
    assert ask_for_satisfaction() == 1
    send(Mail.objects.get(kind="satisfaction_asked"))
    link = link_in(mail_to("dominique@lavoir.example", "Recommanderiez-vous"))
    visitor = Client()
    assert "Nous recommanderiez-vous" in words(visitor.get(link))
    assert Satisfaction.objects.get().score is None
    assert "Envoyer" in words(visitor.post(link, {"score": "11"}))
    assert Satisfaction.objects.get().score is None
    read = words(visitor.post(link, {"score": "9", "comment": "<b>Merci</b>"}, follow=True))
    assert "Merci ! Votre réponse est enregistrée." in read and "9 sur 10" in read
    assert Satisfaction.objects.get().comment == "<b>Merci</b>"
    visitor.post(f"{link}ne-plus-demander/")
    make_invoice(offer)
    at("2027-05-22 10:00+02:00")
    assert ask_for_satisfaction() == 0
    at("2027-09-22 10:00+02:00")
    assert visitor.get(link).status_code == 404


def test_mail_that_comes_late_asks_nobody_who_answered(artifaille: Hoster, at: At) -> None:
    at("2026-11-22 10:00+01:00")
    make_invoice(make_offer(artifaille))
    at("2027-02-22 10:00+01:00")
    ask_for_satisfaction()
    answer_satisfaction(row=Satisfaction.objects.get(), score=7, comment="")
    send(Mail.objects.get(kind="satisfaction_asked"))
    assert not Mail.objects.filter(kind="satisfaction_asked").exists()


def test_who_stays_is_read_before_everything_else(
    artifaille: Hoster, alix: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    """001-025, 004-038: the contracts that go on come first; who arrives and what waits are on the same page."""
    associations(artifaille, 2)
    client = signed_in(alix)
    with django_assert_max_num_queries(12):
        read = words(client.get(reverse("staff:figures_relations")))
    titles = ["Contrats qui passent leur première année", "Durée moyenne", "Du premier contact au oui"]
    places = [read.index(title) for title in (*titles, "Nouvelles structures, mois par mois 2 en douze mois")]
    assert places == sorted(places)
    assert "Jusqu’à 30 jours 0 0,00 €" in read
