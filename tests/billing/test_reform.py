"""What the reform asks of a hoster and when, and what platforms said of its invoices (EIN-01, -02, -04, -07, -11)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from billing.accounting.reporting import make_report
from billing.invoicing.credit_notes import issue_credit_note
from billing.invoicing.routes import route_of
from billing.models import Invoice, InvoiceStatus
from billing.reform.calendar import issue_since, last_period, period_of
from billing.reform.statuses import StatusRefused, record_status
from billing.reform.todo import invoices_sent_back, invoices_to_deposit, platform_to_choose, report_to_send
from crm.models import Organization
from crm.workqueue import Source
from hosters.models import Hoster, User
from hosters.together import read_together
from offers.models import Offer
from tests.factories import make_invoice
from tests.money import make_payment
from tests.pages import words

Code = InvoiceStatus.Code
At = Callable[[str], None]


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    """To a taxable client: it goes through a platform."""
    return routed(make_invoice(marmule), "B2B")


def routed(invoice: Invoice, route: str) -> Invoice:
    Invoice.objects.filter(pk=invoice.pk).update(route=route)
    return Invoice.objects.get(pk=invoice.pk)


def titles(source: Source, hoster: Hoster) -> list[str]:
    (items,) = read_together([source(hoster)])
    return [item.title for item in items]


@pytest.mark.parametrize(
    ("regime", "size", "since"),
    [
        ("redevable", "small", date(2027, 9, 1)),
        ("franchise_293b", "small", date(2027, 9, 1)),
        ("redevable", "large", date(2026, 9, 1)),
        ("exonere_261_7", "small", None),
        ("non_assujetti", "large", None),
    ],
)
def test_day_from_which_sales_go_through_a_platform(regime: str, size: str, since: date | None) -> None:
    """EIN-01, EIN-10."""
    assert issue_since(Hoster(vat_regime=regime, company_size=size)) == since


@pytest.mark.parametrize(
    ("regime", "filing", "day", "start", "end"),
    [
        ("redevable", "monthly", date(2027, 9, 10), date(2027, 9, 1), date(2027, 9, 10)),
        ("redevable", "monthly", date(2027, 9, 11), date(2027, 9, 11), date(2027, 9, 20)),
        ("redevable", "monthly", date(2028, 2, 29), date(2028, 2, 21), date(2028, 2, 29)),
        ("redevable", "quarterly", date(2027, 10, 31), date(2027, 10, 1), date(2027, 10, 31)),
        ("franchise_293b", "monthly", date(2027, 10, 1), date(2027, 9, 1), date(2027, 10, 31)),
        ("franchise_293b", "monthly", date(2027, 12, 31), date(2027, 11, 1), date(2027, 12, 31)),
    ],
)
def test_period_of_a_report_follows_the_regime(
    regime: str, filing: str, day: date, start: date, end: date
) -> None:
    """EIN-07: three times a month, each month, every two months; sent within ten days."""
    hoster = Hoster(vat_regime=regime, vat_filing=filing)
    period = period_of(hoster, day)
    assert (period.start, period.end, period.send_by) == (start, end, end + timedelta(days=10))
    assert last_period(hoster, day).end == start - timedelta(days=1)


def test_report_waits_in_the_queue_from_the_day_of_the_law_and_only_if_something_was_sold(
    marmule: Offer, at: At
) -> None:
    """EIN-07: nothing before September 2027, nothing without operation, nothing once the lot is made."""
    hoster = marmule.hoster
    at("2027-08-31 12:00+02:00")
    sold = routed(make_invoice(marmule), "B2C")
    assert titles(report_to_send, hoster) == []
    at("2027-09-11 12:00+02:00")
    assert titles(report_to_send, hoster) == ["Ventes jusqu’au 10 septembre 2027"]
    routed(sold, "OUTOFSCOPE")
    assert titles(report_to_send, hoster) == []
    routed(sold, "B2C")
    make_report(hoster=hoster, end=date(2027, 9, 10))
    assert titles(report_to_send, hoster) == []


def test_hoster_is_told_to_choose_a_platform_until_it_did(artifaille: Hoster, at: At) -> None:
    """EIN-01, EIN-14: reception concerns whoever is taxable, since September 2026."""
    artifaille.platform_name = ""
    at("2026-08-31 12:00+02:00")
    assert titles(platform_to_choose, artifaille) == []
    at("2026-09-01 12:00+02:00")
    assert titles(platform_to_choose, artifaille) == ["Choisir une plateforme agréée"]
    artifaille.vat_regime = "non_assujetti"
    assert titles(platform_to_choose, artifaille) == []
    artifaille.vat_regime, artifaille.platform_name = "franchise_293b", "Une plateforme"
    assert titles(platform_to_choose, artifaille) == []


def test_page_says_what_when_and_that_nothing_is_sent_for_them(
    invoice: Invoice, alix: User, signed_in: Callable[[User], Client], at: At
) -> None:
    """EIN-01, EIN-02, EIN-11, EIN-14, and the settings that change it."""
    page = signed_in(alix)
    url, settings = "/gestion/comptabilite/facture-electronique/", "/gestion/reglages/facture-electronique/"
    told = words(page.get(url))
    for said in (
        "Depuis le 1er septembre 2026",
        "à partir du 1er septembre 2027",
        "n’en est pas une et ne les reçoit pas",
        "n’envoie rien à l’État",
        "50 €, dans la limite de 15 000 €",
        "1, dont 0 avec leurs données",
        "trois fois par mois",
    ):
        assert said in told, said
    assert "Écrivez le nom" in words(page.post(settings, {"platform_on": "2026-10-01", **SIZE}))
    saved = page.post(settings, {"platform_name": "Plume", "platform_on": "2026-10-01", **SIZE}, follow=True)
    assert "Enregistré : 3 changements" in words(saved)
    told = words(page.get(url))
    assert "Plume , choisie le 1er octobre 2026" in told and "chaque mois" in told
    Hoster.objects.update(vat_regime="exonere_261_7")
    assert "Rien à émettre ni à déclarer" in words(page.get(url))


SIZE = {"company_size": "small", "vat_filing": "quarterly"}


def record(invoice: Invoice, code: Code, by: User, reason: str = "", days: int = 0) -> InvoiceStatus:
    on = timezone.localdate() + timedelta(days=days)
    return record_status(invoice=invoice, code=code, on=on, reason=reason, by=by)


def test_staff_record_what_the_platform_says(
    invoice: Invoice, bastien: User, signed_in: Callable[[User], Client]
) -> None:
    """EIN-04: deposited, paid; the page of the invoice tells it."""
    page, today = signed_in(bastien), timezone.localdate().isoformat()
    url = f"{invoice.get_absolute_url()}statut/"
    shown = words(page.get(invoice.get_absolute_url()))
    assert "Rien de noté" in shown and "obligatoire qu’à partir du 1er septembre 2027" in shown
    assert "Statut noté" in words(page.post(url, {"code": "deposited", "on": today}, follow=True))
    page.post(url, {"code": "deposited", "on": today})
    assert invoice.statuses.count() == 1
    answer = page.post(url, {"code": "paid", "on": today}, follow=True)
    assert "notez d’abord le paiement" in words(answer)
    make_payment(invoice, "100.00", bastien)
    page.post(url, {"code": "paid", "on": today})
    assert "Encaissée, et dite à la plateforme" in words(page.get(invoice.get_absolute_url()))


@pytest.mark.parametrize(
    ("route", "code", "reason", "days", "why"),
    [
        ("B2C", Code.DEPOSITED, "", 0, "ne passe pas par une plateforme"),
        ("B2B", Code.DEPOSITED, "", 1, "entre l’émission"),
        ("B2B", Code.DEPOSITED, "", -1, "entre l’émission"),
        ("B2G", Code.REFUSED, "", 0, "motif"),
    ],
)
def test_impossible_status_is_refused(
    invoice: Invoice, alix: User, route: str, code: Code, reason: str, days: int, why: str
) -> None:
    """EIN-04."""
    with pytest.raises(StatusRefused, match=why):
        record(routed(invoice, route), code, alix, reason, days)


def test_what_was_refused_is_never_sent_again_under_its_number(invoice: Invoice, alix: User) -> None:
    """NUM-03: nothing more is recorded, and the queue asks for a credit note until there is one."""
    record(invoice, Code.REJECTED, alix, "SIRET inconnu")
    with pytest.raises(StatusRefused, match="créditez-la"):
        record(invoice, Code.DEPOSITED, alix)
    assert titles(invoices_sent_back, invoice.hoster) == [invoice.organization.name]
    credit = issue_credit_note(invoice=invoice, reason="Rejet", by=alix)
    assert titles(invoices_sent_back, invoice.hoster) == []
    assert credit.number != invoice.number


def test_what_is_not_deposited_waits_in_the_queue(marmule: Offer, alix: User, at: At) -> None:
    """EIN-02, EIN-12: Chorus Pro today, a platform from the day of the law."""
    public = routed(make_invoice(marmule), "B2G")
    hoster, name = marmule.hoster, public.organization.name
    assert titles(invoices_to_deposit, hoster) == [name]
    record(public, Code.DEPOSITED, alix)
    assert titles(invoices_to_deposit, hoster) == []
    at("2027-08-31 12:00+02:00")
    routed(make_invoice(marmule), "B2B")
    assert titles(invoices_to_deposit, hoster) == []
    at("2027-09-01 12:00+02:00")
    assert titles(invoices_to_deposit, hoster) == [name]


@pytest.mark.parametrize("client", [{"legal_form": "company"}, {"vat_status": "recovers"}])
def test_client_whom_the_directory_does_not_know_is_reported(
    invoice: Invoice, client: dict[str, str]
) -> None:
    """EIN-04: no sanction, a PDF and the e-reporting, with the day on which the directory was read."""
    organization = Organization(country="FR", **client)
    assert route_of(invoice.hoster, organization).route == "B2B"
    organization.directory_absent, organization.directory_checked_on = True, date(2026, 11, 2)
    found = route_of(invoice.hoster, organization)
    assert (found.route, "absent de l’annuaire le 2 novembre 2026" in found.reason) == ("B2C", True)
