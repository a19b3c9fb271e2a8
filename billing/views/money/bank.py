"""Statements of the bank: dropped, matched line by line, confirmed, undone."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from billing.bank.forms import ChooseForm, ColumnsForm, StatementForm, has_titles
from billing.bank.lines import UnreadableStatement
from billing.bank.matching import confirm_batch, confirm_payment, confirm_return, ignore, undo
from billing.bank.proposals import Known, Proposal, known_of, propose, shared
from billing.bank.statements import ColumnsUnknown, drop_statement
from billing.models import BankEntry, BankStatement, Invoice
from billing.payments.overview import unpaid
from billing.payments.rows import PaymentRefused
from hosters.access import StaffRequest, staff
from hosters.models import Role, User
from hosters.paging import page_of

State = BankEntry.State
MOST_INVOICES = 200  # shown to choose among; beyond, a search finds the others


@dataclass(frozen=True)
class Shown:
    """A line of the bank, and what it probably is."""

    entry: BankEntry
    proposal: Proposal | None

    @property
    def shown_as(self) -> str:
        return shown_as(self.proposal) if self.proposal else ""


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: StaffRequest) -> HttpResponse:
    """The lines that wait, with a proposal each; dropping a file is here too."""
    form, header = _form_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            return _dropped(request, form)
        except UnreadableStatement as wrong:
            form.add_error("file", str(wrong))
        except ColumnsUnknown as unknown:
            form = ColumnsForm(header=unknown.header, guessed=dict(unknown.guessed))
            return _columns(request, form, unknown.header)
    if header:
        return _columns(request, form, header)
    return TemplateResponse(request, "staff/money/bank.html", _waiting(request) | {"form": form})


@staff(Role.ACCOUNTANT)
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """A person agrees with the proposal that was shown."""
    entry = _entry_or_404(request, pk)
    proposal = propose(entry, known_of(request.hoster)) if entry.state == State.WAITING else None
    if proposal is None or shown_as(proposal) != request.POST.get("shown"):
        messages.warning(request, _("La situation a changé : relisez la proposition."))
        return redirect("staff:bank")
    return _acted(request, lambda: agree(entry, proposal, request.user), _("C’est rapproché."))


@staff(Role.ACCOUNTANT)
@require_POST
def confirm_sure(request: StaffRequest) -> HttpResponse:
    """Agree at once with every proposal that leaves no doubt."""
    known, done = known_of(request.hoster), 0
    for entry in BankEntry.objects.filter(hoster=request.hoster, state=State.WAITING).order_by(
        "booked_on", "pk"
    ):
        proposal = propose(entry, known)
        if proposal is None or not proposal.sure:
            continue
        try:
            agree(entry, proposal, request.user)
        except PaymentRefused as refused:
            messages.error(request, str(refused))
            continue
        done, known = done + 1, known_of(request.hoster)
    told = ngettext("%(n)s ligne rapprochée.", "%(n)s lignes rapprochées.", done) % {"n": done}
    messages.success(request, told)
    return redirect("staff:bank")


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: StaffRequest, pk: int) -> HttpResponse:
    """Say by hand which invoices a line pays."""
    entry = _entry_or_404(request, pk)
    if entry.state != State.WAITING or entry.amount < 0:
        messages.info(request, _("Cette ligne n’attend plus de facture."))
        return redirect("staff:bank")
    wanted = request.GET.get("q", "").strip()[:80]
    due = list(_due(request, wanted)[: MOST_INVOICES + 1])
    form = ChooseForm(request.POST or None, unpaid=due[:MOST_INVOICES])
    if request.method == "POST" and form.is_valid():
        parts = shared(entry.amount, form.chosen())
        return _acted(
            request, lambda: confirm_payment(entry=entry, parts=parts, by=request.user), _("C’est rapproché.")
        )
    context = {"entry": entry, "form": form, "q": wanted, "more": len(due) > MOST_INVOICES}
    return TemplateResponse(request, "staff/money/bank_choose.html", context | {"found": bool(due)})


def _due(request: StaffRequest, wanted: str) -> "QuerySet[Invoice]":
    """The unpaid invoices whose number or association holds these words."""
    rows = unpaid(request.hoster)
    return (
        rows.filter(Q(number__icontains=wanted) | Q(organization__name__icontains=wanted)) if wanted else rows
    )


@staff(Role.ACCOUNTANT)
@require_POST
def put_aside(request: StaffRequest, pk: int) -> HttpResponse:
    """The line has nothing to do with an invoice."""
    entry = _entry_or_404(request, pk)
    return _acted(request, lambda: ignore(entry=entry), _("La ligne est mise de côté."))


@staff(Role.ACCOUNTANT)
@require_POST
def undo_match(request: StaffRequest, pk: int) -> HttpResponse:
    """The match was wrong."""
    entry = _entry_or_404(request, pk)
    told = _("Le rapprochement est défait : la ligne attend de nouveau.")
    return _acted(request, lambda: undo(entry=entry, by=request.user), told)


def shown_as(proposal: Proposal) -> str:
    """What a person saw, so that they agree with nothing else."""
    if proposal.batch:
        return f"batch:{proposal.batch.pk}"
    if proposal.order:
        return f"order:{proposal.order.pk}"
    return ",".join(f"{invoice.pk}:{amount}" for invoice, amount in proposal.parts)


def agree(entry: BankEntry, proposal: Proposal, by: User) -> None:
    """Do what a proposal says.

    Raises:
        PaymentRefused: the payment cannot be recorded.
    """
    if proposal.batch:
        confirm_batch(entry=entry, batch=proposal.batch, by=by)
    elif proposal.order:
        confirm_return(entry=entry, order=proposal.order, by=by)
    else:
        confirm_payment(entry=entry, parts=proposal.parts, by=by)


def _entry_or_404(request: StaffRequest, pk: int) -> BankEntry:
    return get_object_or_404(BankEntry.objects.filter(hoster=request.hoster), pk=pk)


def _acted(request: StaffRequest, act: Callable[[], None], told: str) -> HttpResponse:
    try:
        act()
    except PaymentRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("staff:bank")


def _form_of(request: StaffRequest) -> tuple[StatementForm, list[str]]:
    """The form, with the titles whose meaning was asked; another file than that one is a new question."""
    header, file = request.POST.getlist("header"), request.FILES.get("file")
    if header and (file is None or has_titles(file, header)):
        return ColumnsForm(request.POST, request.FILES, header=header, guessed={}), header
    return StatementForm(request.POST or None, request.FILES or None), []


def _dropped(request: StaffRequest, form: StatementForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    started = timezone.now()
    columns = form.columns() if isinstance(form, ColumnsForm) else None
    statement = drop_statement(
        hoster=request.hoster, name=file.name, content=file.read(), by=request.user, columns=columns
    )
    messages.success(request, _read(statement, again=statement.created_at < started))
    return redirect("staff:bank")


def _read(statement: BankStatement, *, again: bool) -> str:
    """What a file brought."""
    told = {"name": statement.name, "n": statement.lines, "added": statement.added}
    if again:
        return _("%(name)s a déjà été lu : rien de nouveau.") % told
    if statement.added == statement.lines:
        words = ngettext("%(name)s : %(n)s ligne lue.", "%(name)s : %(n)s lignes lues.", statement.lines)
    else:
        words = ngettext(
            "%(name)s : %(n)s ligne lue, dont %(added)s nouvelle.",
            "%(name)s : %(n)s lignes lues, dont nouvelles : %(added)s.",
            statement.lines,
        )
    return words % told


def _columns(request: StaffRequest, form: StatementForm, header: list[str]) -> HttpResponse:
    return TemplateResponse(request, "staff/money/bank_columns.html", {"form": form, "header": header})


def _waiting(request: StaffRequest) -> dict[str, object]:
    rows = BankEntry.objects.filter(hoster=request.hoster)
    wants_all = request.GET.get("etat") == "toutes"
    listed = rows if wants_all else rows.filter(state=State.WAITING)
    page = page_of(listed.order_by("-booked_on", "-pk"), request)
    shown = _shown(page, known_of(request.hoster))
    return {
        "page": page,
        "shown": shown,
        "any_sure": page.has_other_pages() or any(each.proposal and each.proposal.sure for each in shown),
        "wants_all": wants_all,
        "statements": BankStatement.objects.filter(hoster=request.hoster).order_by("-pk")[:5],
    }


def _shown(page: Page, known: Known) -> list[Shown]:
    return [
        Shown(entry, propose(entry, known) if entry.state == State.WAITING else None)
        for entry in page.object_list
    ]
