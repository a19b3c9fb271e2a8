"""What the demonstration shows of invoices: for each profile of client, a deposit, an invoice, what replaces it and the
credit note between them; goods beside a service."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import NAMESPACE_DNS, uuid5

from billing.invoicing.deposits import issue_deposit
from billing.invoicing.drafts import issue_draft, start_corrective, start_draft, write_draft
from billing.models import Invoice, InvoiceDraft, QuoteItem
from billing.quoting.drafts import save_item
from billing.quoting.drafts import start_draft as start_quote
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from crm.models import Contact, Organization
from crm.models.profile import LegalForm, VatStatus
from crm.organizations import OrganizationDetails, PersonDetails, enter_contact
from hosters.demonstration import register_story
from hosters.models import Hoster, User


@dataclass(frozen=True)
class Client:
    """A client of the demonstration; the numbers are well formed and belong to nobody."""

    code: str
    name: str
    person: str
    form: LegalForm
    vat: VatStatus
    siren: str = ""
    siret: str = ""


CLIENTS = (
    Client("velo", "Le Vélo Solidaire", "Awa Diallo", LegalForm.ASSOCIATION, VatStatus.FINAL),
    Client("scierie", "Scierie des Monts", "Hugo Roux", LegalForm.COMPANY, VatStatus.RECOVERS, "900000001"),
    Client(
        "mairie",
        "Commune de Saint-Exemple",
        "Inès Morel",
        LegalForm.PUBLIC,
        VatStatus.FINAL,
        "210000006",
        "21000000600010",
    ),
    Client("voisine", "Jeanne Petit", "Jeanne Petit", LegalForm.PERSON, VatStatus.FINAL),
)
LINES = (
    {
        "label": "Atelier de prise en main",
        "quantity": "2",
        "unit": "séances",
        "unit_price": "90.00",
        "vat": "",
    },
    {
        "label": "Reprise de vos fichiers",
        "quantity": "1.5",
        "unit": "jours",
        "unit_price": "380.00",
        "vat": "",
    },
)
COMPUTER = {
    "label": "Ordinateur reconditionné, garanti un an",
    "quantity": "1",
    "unit": "",
    "unit_price": "290.00",
    "vat": "",
    "nature": "bien",
}


def register() -> None:
    """Add our story."""
    register_story(invoices_of_every_kind)


def invoices_of_every_kind(hoster: Hoster) -> None:
    """Four documents for each profile of client, hardware for a company, and a draft. Twice changes nothing."""
    by = User.objects.filter(memberships__hoster=hoster).order_by("pk").first()
    if by is None or Invoice.objects.filter(key=uuid5(NAMESPACE_DNS, f"velo.{hoster.slug}.example")).exists():
        return
    for client in CLIENTS:
        contact = _contact(hoster, client)
        _deposit(hoster, client, contact, by)
        _replaced(contact, by)
        if client.form == LegalForm.COMPANY:
            _hardware(contact, by)
    draft = start_draft(contact=contact, by=by)
    write_draft(draft=draft, values={"subject": "Un atelier de plus"}, lines=LINES[:1])


def _contact(hoster: Hoster, client: Client) -> Contact:
    person = PersonDetails(client.person, f"contact@{client.code}.example", notice="")
    details = OrganizationDetails(client.name, "4 rue du Moulin", "69003", "Lyon", siren=client.siren)
    contact = enter_contact(hoster=hoster, organization=details, person=person)
    Organization.objects.filter(pk=contact.organization_id).update(
        legal_form=client.form, vat_status=client.vat, siret=client.siret
    )
    return Contact.objects.select_related("organization__hoster").get(pk=contact.pk)


def _deposit(hoster: Hoster, client: Client, contact: Contact, by: User) -> None:
    """A quote sent, and a third of it asked before the work."""
    quote = start_quote(
        contact=contact, key=uuid5(NAMESPACE_DNS, f"acompte.{client.code}.{hoster.slug}.example")
    )
    item = QuoteItem(label="Migration du serveur", unit="jours", quantity=Decimal(3), unit_price=Decimal(400))
    save_item(draft=quote, item=item, by=by)
    sent = send_draft(draft=quote, told=Told(by=by, name=by.name))
    key = uuid5(NAMESPACE_DNS, f"{client.code}.{hoster.slug}.example")
    issue_deposit(quote=sent, gross=Decimal(400), by=by, key=key)


def _hardware(contact: Contact, by: User) -> None:
    """A computer handed over at the workshop, and the day to install it: goods and a service (INV-15)."""
    place = {
        "delivery_street": "Chemin des Grumes",
        "delivery_postcode": "69220",
        "delivery_town": "Belleville-en-Beaujolais",
    }
    Organization.objects.filter(pk=contact.organization_id).update(**place)
    contact.organization.refresh_from_db()
    draft = start_draft(contact=contact, by=by)
    write_draft(draft=draft, values={"subject": "Ordinateur d’atelier, installé"}, lines=[COMPUTER, LINES[1]])
    issue_draft(draft=InvoiceDraft.objects.get(pk=draft.pk), by=by)


def _replaced(contact: Contact, by: User) -> None:
    """An invoice with a wrong quantity, its credit note, and the one that takes its place."""
    draft = start_draft(contact=contact, by=by)
    write_draft(draft=draft, values={"subject": "Accompagnement au numérique"}, lines=LINES)
    wrong = issue_draft(draft=InvoiceDraft.objects.get(pk=draft.pk), by=by)
    right = start_corrective(invoice=wrong, by=by)
    fixed = [LINES[0] | {"quantity": "1", "unit": "séance"}, LINES[1]]
    write_draft(draft=right, values={"reason": "Une seule séance a eu lieu"}, lines=fixed)
    issue_draft(draft=InvoiceDraft.objects.get(pk=right.pk), by=by)
