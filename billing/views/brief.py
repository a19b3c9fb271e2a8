"""The *cahier des charges* in five short steps: without an account, without script, to be resumed later (003-007)."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.brief_drafts import (
    changed_since,
    draft_of,
    keep_part,
    send_again,
    send_brief,
    send_link,
    start_draft,
    token_of,
)
from billing.brief_parts import BY_CODE, PARTS, Part, answered_parts
from billing.contact_forms import BriefContactForm, ResumeForm
from billing.documents.render import brief_pdf
from billing.forms import NOTICE
from billing.models import BriefDraft
from billing.quoting.briefs import frozen_brief
from funnel.counting import source_of
from hosters.access import HosterRequest, private, public
from hosters.throttle import throttled

STEPS = [part.title for part in PARTS]


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HosterRequest) -> HttpResponse:
    """The first part; the draft exists once it is sent, so that reading writes nothing."""
    first = PARTS[0]
    form = first.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        draft = start_draft(hoster=request.hoster, part=first.code, answers=form.answers())
        return redirect("storefront:brief_part", token=token_of(draft), part=PARTS[1].code)
    context = {"part": first, "number": 1, "steps": STEPS, "form": form, "token": ""}
    return TemplateResponse(request, "storefront/brief_part.html", context)


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HosterRequest, token: str, part: str) -> HttpResponse:
    """One part: what was answered is there, and sending it goes to the next."""
    draft, shown = _draft_or_404(token), _part_or_404(part)
    typed = request.POST if request.method == "POST" else None
    form = shown.form(typed, initial=draft.answers.get(shown.code, {}))
    if request.method == "POST" and form.is_valid():
        keep_part(draft=draft, part=shown.code, answers=form.answers())
        return _next(token, shown)
    context = {"part": shown, "number": PARTS.index(shown) + 1, "steps": STEPS, "form": form, "token": token}
    return TemplateResponse(request, "storefront/brief_part.html", context)


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HosterRequest, token: str) -> HttpResponse:
    """Everything read again, to be printed; then who sends it. Once sent, it may be corrected and sent again."""
    draft = _draft_or_404(token)
    parts = answered_parts(draft.answers)
    complete = all(each.complete for each in parts)
    if draft.request and request.method == "POST" and complete:
        return _again(request, draft, token)
    form = BriefContactForm(request.POST or None)
    if request.method == "POST" and complete and form.is_valid():
        send_brief(
            draft=draft,
            organization=form.organization_details(),
            person=form.person_details(),
            source=source_of(request),
            key=uuid4(),
        )
        return redirect("storefront:brief_review", token=token)
    context = {
        "draft": draft,
        "token": token,
        "parts": parts,
        "complete": complete,
        "changed": draft.request is not None and changed_since(draft, draft.request),
        "done": sum(each.complete for each in parts),
        "form": form,
        "resume": ResumeForm(),
        "notice": NOTICE,
    }
    return TemplateResponse(request, "storefront/brief_review.html", context)


@private
@throttled
@require_POST
def resume(request: HosterRequest, token: str) -> HttpResponse:
    """« Reprendre plus tard »: mail the link of the draft to an address that we do not keep."""
    draft = _draft_or_404(token)
    form = ResumeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Écrivez une adresse e-mail complète, par exemple nom@exemple.org."))
    elif send_link(draft=draft, email=form.cleaned_data["resume_email"]):
        messages.success(request, _("Le lien pour reprendre est parti. Il marche pendant deux mois."))
    else:
        messages.warning(
            request, _("Ce lien est déjà parti plusieurs fois : copiez plutôt l’adresse de cette page.")
        )
    return redirect("storefront:brief_review", token=token)


@private
@throttled
@require_POST
def pdf(request: HosterRequest, token: str) -> HttpResponse:
    """The brief on paper, as it stands (003-013). A POST, so that making PDFs is limited like any form of strangers."""
    draft = _draft_or_404(token)
    if draft.request and not changed_since(draft, draft.request):
        brief, name = frozen_brief(draft.request), draft.request.organization.name
    else:
        brief, name = {"version": 0, "sent_on": "", "answers": draft.answers}, ""
    content = brief_pdf(hoster=request.hoster, name=name, brief=brief)
    return HttpResponse(content, content_type="application/pdf")


def _again(request: HosterRequest, draft: BriefDraft, token: str) -> HttpResponse:
    if send_again(draft=draft):
        messages.success(request, _("La nouvelle version est bien arrivée."))
    return redirect("storefront:brief_review", token=token)


def _draft_or_404(token: str) -> BriefDraft:
    draft = draft_of(token)
    if draft is None:
        raise Http404
    return draft


def _part_or_404(code: str) -> Part:
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


def _next(token: str, shown: Part) -> HttpResponse:
    after = PARTS.index(shown) + 1
    if after == len(PARTS):
        return redirect("storefront:brief_review", token=token)
    return redirect("storefront:brief_part", token=token, part=PARTS[after].code)
