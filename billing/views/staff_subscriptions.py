"""Subscriptions for the team: the list, one life with its acts, and its end shown before it is confirmed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.models import (
    ContractChange,
    Departure,
    Invoice,
    RenewalNotice,
    Subscription,
    SubscriptionEnd,
    Termination,
)
from billing.subscriptions.ends import EndRefused, current_end, decide_end, undo_end
from billing.subscriptions.forecast import budget_of
from billing.subscriptions.forms import EndForm, ErasureForm, ExtensionForm, OrderForm, UndoForm
from billing.subscriptions.listing import TABS, listed, tabs
from billing.subscriptions.refunds import refunds_of, refunds_of_end
from billing.subscriptions.starting import note_order
from billing.support import support_of
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of
from hosters.together import together
from pricing.engine.money import ZERO


@staff()
@require_safe
def subscriptions(request: StaffRequest) -> HttpResponse:
    """The subscriptions of a tab (`?etat=`), found by name or number (`?q=`)."""
    tab = request.GET.get("etat", "")
    wanted = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    rows = listed(request.hoster, tab if tab in TABS else "", wanted)
    context = {"page": page_of(rows, request), "tabs": tabs(request.hoster, tab), "q": wanted, "tab": tab}
    return TemplateResponse(request, "staff/subscriptions/list.html", context)


@staff()
@require_safe
def subscription(request: StaffRequest, pk: int) -> HttpResponse:
    """One subscription: where it stands, what comes, what was decided."""
    shown = subscription_or_404(request, pk)
    decided = current_end(shown)
    lists = {
        "undone": SubscriptionEnd.objects.filter(subscription=shown).exclude(undone_at=None).order_by("-pk"),
        "invoices": Invoice.objects.filter(subscription=shown).with_paid().for_rows()[:24],
        "terminations": Termination.objects.filter(subscription=shown).waiting(),
        "changes": ContractChange.objects.filter(subscription=shown).order_by("-pk"),
        "notices": RenewalNotice.objects.filter(subscription=shown).order_by("-term_end"),
    }
    together(*lists.values())
    context = lists | {
        "subscription": shown,
        "end": decided,
        "refund": sum((each.gross for each in refunds_of_end(decided)), ZERO) if decided else ZERO,
        "coming": budget_of([shown]),
        "support": support_of(shown),
        "undo_form": UndoForm(),
        "order_form": OrderForm(initial={"order_number": shown.order_number}),
        "departure": departure_of(shown),
        "extension_form": ExtensionForm(),
        "erasure_form": ErasureForm(),
        "today": timezone.localdate(),
        "may_act": request.membership.role in {Role.SALES, Role.ACCOUNTANT, Role.ADMIN},
    }
    return TemplateResponse(request, "staff/subscriptions/page.html", context)


@staff(Role.SALES, Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """« Mettre fin au contrat » : GET shows what the answers lead to, POST confirms what was shown.

    `?resiliation=` is the notice that is being confirmed.
    """
    shown = subscription_or_404(request, pk)
    notice = _notice(request)
    form = _form(request, shown, notice)
    plan = form.plan() if form.is_bound and form.is_valid() else None
    if request.method == "POST" and plan is not None:
        try:
            decided = decide_end(subscription=shown, plan=plan, by=request.user, termination=notice)
        except EndRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request, _("Fin confirmée. Un message part à %(email)s.") % {"email": decided.told_to}
            )
        return redirect(shown)
    refunds = (
        refunds_of(shown, last_day=plan.ends_on, since=plan.refund_from, everything=plan.everything)
        if plan
        else []
    )
    context = {
        "subscription": shown,
        "notice": notice,
        "form": form,
        "plan": plan,
        "refunds": refunds,
        "refund": sum((each.gross for each in refunds), ZERO),
    }
    return TemplateResponse(request, "staff/subscriptions/end.html", context)


@staff(Role.SALES, Role.ACCOUNTANT)
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """The association stays."""
    shown = subscription_or_404(request, pk)
    decided, form = current_end(shown), UndoForm(request.POST)
    if decided is None:
        messages.warning(request, _("Aucune fin n’est décidée pour ce contrat."))
    elif not form.is_valid():
        messages.error(request, _("Écrivez en une ligne pourquoi le contrat continue."))
    else:
        try:
            undo_end(end=decided, by=request.user, why=form.cleaned_data["why"])
            messages.success(request, _("Le contrat continue. L’association est prévenue."))
        except EndRefused as refused:
            messages.error(request, str(refused))
    return redirect(shown)


@staff(Role.SALES, Role.ACCOUNTANT)
@require_POST
def order(request: StaffRequest, pk: int) -> HttpResponse:
    """The client gave an order number, or another one."""
    shown, form = subscription_or_404(request, pk), OrderForm(request.POST)
    if form.is_valid():
        note_order(subscription=shown, **form.cleaned_data)
        messages.success(request, _("C’est noté : les prochaines factures le porteront."))
    else:
        messages.error(request, _("Un bon de commande tient en 50 caractères."))
    return redirect(shown)


def subscription_or_404(request: StaffRequest, pk: int) -> Subscription:
    """A subscription of this hoster, with what its pages read."""
    rows = Subscription.objects.filter(hoster=request.hoster)
    rows = rows.select_related(
        "quote__tariff_version",
        "quote__contact",
        "organization",
        "support_allowance",
        "replaces__quote",
        "price_change",
    )
    return get_object_or_404(rows.prefetch_related("quote__lines", "support_times"), pk=pk)


def departure_of(subscription: Subscription) -> Departure | None:
    """What becomes of its data, once an end is decided."""
    rows = Departure.objects.filter(end__subscription=subscription, end__undone_at=None)
    return rows.select_related("end", "certificate", "erased_by").first()


def _notice(request: StaffRequest) -> Termination | None:
    asked = request.GET.get("resiliation", "")
    if not asked.isascii() or not asked.isdecimal():
        return None
    rows = Termination.objects.filter(hoster=request.hoster, handled_at=None)
    return rows.filter(pk=int(asked[:18])).first()


def _form(request: StaffRequest, shown: Subscription, notice: Termination | None) -> EndForm:
    """Bound by POST, by the answers in the address, or by the notice itself."""
    if request.method == "POST":
        return EndForm(request.POST, subscription=shown)
    if "reason" in request.GET:
        return EndForm(request.GET, subscription=shown)
    received = timezone.localdate(notice.received_at) if notice else timezone.localdate()
    answers = {
        "reason": SubscriptionEnd.Reason.NOTICE.value,
        "received_on": received.isoformat(),
        "wished": notice.wished_end.isoformat() if notice and notice.wished_end else "",
    }
    return EndForm(answers, subscription=shown)
