"""Documents as unlike each other as real ones: regimes, rates, kinds, clients, discounts, 1 to 60 lines, odd cents."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from billing.invoicing.credit_notes import issue_credit_note, spread
from billing.invoicing.issuing import Piece, issue_piece
from billing.models import Invoice, InvoiceKind, InvoiceLine
from billing.parties import Party, seller_of
from billing.totals import invoice_line
from crm.models import Contact
from hosters.models import Hoster
from pricing.engine import Cadence, Line, VatCategory, VatRegime
from pricing.engine.bills import bill
from pricing.engine.money import cents
from pricing.mentions import vat_mention

REGIMES = list(VatRegime)
RATES = [Decimal(20), Decimal("5.5"), Decimal(10), Decimal("8.5"), Decimal("2.1")]
UNITS = ["", "jour", "heures", "Go", "personnes", "mois", "lots de 5 personnes", "boîtes"]
LABELS = [
    "Accompagnement",
    "Nuage associatif",
    "Boîtes aux lettres « équipe »",
    "Œuvre & Cie <béta>",
    "Été – ça ira",
]
#: Of the lines, in turn: services, goods, both (INV-15).
NATURES = [["service"], ["bien"], ["prestation", "bien"], [""], ["produit"]]
STREET: dict[str, Any] = {"street": "3 place du Marché", "postcode": "69003", "town": "Lyon"}
BUYERS = [
    Party("Les Amis du lavoir", [], [], email="amis@lavoir.example", **STREET),
    Party(
        "Coopérative " + "très longue " * 8, [], [], siren="732829320", vat_number="FR44732829320", **STREET
    ),
    Party("Mairie d’Échirolles", [], [], siren="213801855", email="mairie@example.org", **STREET),
    Party(
        "ASBL L’Échoppe",
        [],
        [],
        email="echoppe@example.org",
        street="Rue Haute 3",
        postcode="1000",
        town="Bruxelles",
        country="BE",
    ),
]


def varied_invoices(hoster: Hoster, contact: Contact, count: int = 60, seed: int = 7) -> Iterator[Invoice]:
    """Issue them one by one. Every fourth one is followed by a credit note, a corrective or a final invoice."""
    random = Random(seed)
    for number in range(count):
        piece = _piece(hoster, contact, number)
        lines = _lines(random, number, VatRegime(hoster.vat_regime))
        invoice = issue_piece(piece, lines)
        yield invoice
        if number % 4 == 1:
            yield issue_credit_note(invoice=invoice, reason="Résiliation en cours d’année", by=None)
        if number % 4 == 2:
            part = spread(invoice=invoice, gross=max(cents(invoice.gross / 3), Decimal("0.01")))
            yield issue_credit_note(invoice=invoice, lines=part, reason="Au prorata", by=None)
        if number % 4 == 3 and piece.kind == InvoiceKind.DEPOSIT:
            yield _final(piece, invoice, lines)
        elif number % 4 == 3:
            mended = replace(piece, kind=InvoiceKind.CORRECTIVE, corrects=invoice, reason="Quantité fausse")
            yield issue_piece(mended, _copies(lines))


def small_invoice(hoster: Hoster, contact: Contact) -> Invoice:
    """One line and its discount."""
    return issue_piece(_piece(hoster, contact, 0), _lines(Random(1), 0, VatRegime(hoster.vat_regime)))


def for_regime(hoster: Hoster, number: int) -> Hoster:
    hoster.vat_regime = REGIMES[number % len(REGIMES)].value
    hoster.save()
    return hoster


def _piece(hoster: Hoster, contact: Contact, number: int) -> Piece:
    mention = vat_mention(VatRegime(hoster.vat_regime), on=contact.organization.stage_since.date())
    return Piece(
        hoster=hoster,
        organization=contact.organization,
        contact=contact,
        seller=seller_of(hoster).to_json(),
        buyer=BUYERS[number % len(BUYERS)].to_json(),
        subject="Une année de nuage",
        mention=mention,
        kind=InvoiceKind.DEPOSIT if number % 8 == 7 else InvoiceKind.INVOICE,
    )


def _lines(random: Random, number: int, regime: VatRegime) -> list[InvoiceLine]:
    count = [1, 2, 3, 5, 8, 13, 60][number % 7]
    lines = [_line(random, regime) for _ in range(count)]
    if number % 3 == 0:
        lines.append(_discount(lines[0], random))
    natures = NATURES[number % len(NATURES)]
    return [invoice_line(each, natures[n % len(natures)]) for n, each in enumerate(bill(lines).lines)]


def _discount(line: Line, random: Random) -> Line:
    """On the first line, of the same rate and typed the same way."""
    off = -cents((line.typed_amount or Decimal(0)) * random.choice([Decimal("0.1"), Decimal("0.333")]))
    named = line._replace(label="Remise solidaire", rule="sur la première ligne", quantity=Decimal(1))
    return named._replace(unit="", unit_price=off, amount=off, typed_amount=off)


def _line(random: Random, regime: VatRegime) -> Line:
    quantity = random.choice(
        [Decimal(1), Decimal(random.randint(2, 40)), Decimal("0.25"), Decimal("1234.5678")]
    )
    amount = cents(Decimal(random.randint(1, 500_000)) / 100)
    category, rate = VatCategory.STANDARD, random.choice(RATES)
    if regime is VatRegime.NOT_TAXABLE:
        category, rate = VatCategory.OUT_OF_SCOPE, Decimal(0)
    elif regime is not VatRegime.LIABLE:
        category, rate = VatCategory.EXEMPT, Decimal(0)
    return Line(
        code="",
        label=random.choice(LABELS),
        rule="convenu avec l’équipe",
        quantity=quantity,
        unit=random.choice(UNITS),
        unit_price=amount / quantity if random.random() < 0.7 else None,
        amount=amount,
        cadence=Cadence.ONE_OFF,
        vat_rate=rate,
        vat_category=category,
        typed_amount=amount,
        tax_included=random.random() < 0.5,
    )


COPIED = [field.name for field in InvoiceLine._meta.concrete_fields if field.name not in ("id", "invoice")]


def _copies(lines: list[InvoiceLine]) -> list[InvoiceLine]:
    return [InvoiceLine(**{name: getattr(line, name) for name in COPIED}) for line in lines]


def _final(piece: Piece, deposit: Invoice, lines: list[InvoiceLine]) -> Invoice:
    """What was sold, twice the deposit, less that deposit."""
    sold, less = _copies(lines), []
    for line in sold:
        line.net, line.vat, line.amount = 2 * line.net, 2 * line.vat, 2 * line.amount
    for line, copy in zip(lines, _copies(lines), strict=True):
        if line.net > 0:
            copy.label, copy.quantity, copy.whole = f"Acompte {deposit.number}", Decimal(1), True
            copy.net, copy.vat, copy.amount, copy.against = -line.net, -line.vat, -line.amount, line
            less.append(copy)
    return issue_piece(replace(piece, kind=InvoiceKind.INVOICE), [*sold, *less])
