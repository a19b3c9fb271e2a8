"""Pages that every site of a hoster has: its colours, its logo, its health, and the mailbox of development."""

from pathlib import PurePath

from django.conf import settings
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hosters import work
from hosters.access import HosterRequest, public
from hosters.brand import brand_of
from hosters.mailbox import stored_mails
from hosters.styleguide import sample

LOGO_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


@public
@require_safe
@cache_control(public=True, max_age=300)
def brand_css(request: HosterRequest) -> HttpResponse:
    """The hoster's colour as custom properties (no inline style: the CSP forbids it)."""
    if request.hoster is None:
        raise Http404
    context = {"brand": brand_of(request.hoster.brand_color, request.hoster.accent_color)}
    return TemplateResponse(request, "hosters/brand.css", context, content_type="text/css; charset=utf-8")


@public
@require_safe
@cache_control(public=True, max_age=300)
def logo(request: HosterRequest) -> FileResponse:
    """The picture, in the only kinds that we keep; a lost file is no logo."""
    if request.hoster is None or not request.hoster.logo:
        raise Http404
    kind = LOGO_TYPES.get(PurePath(str(request.hoster.logo.name)).suffix.lower())
    if kind is None:
        raise Http404
    try:
        file = request.hoster.logo.open("rb")
    except OSError:
        raise Http404 from None
    return FileResponse(file, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})


@public
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Needs nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """The database answers, and how much background work waits or failed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok", "work": work.backlog()})


@public
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The mails sent by a development install, which go to files."""
    if not settings.MAILBOX_PAGE:
        raise Http404
    to = request.GET.get("a", "").strip()
    return TemplateResponse(request, "hosters/mailbox.html", {"mails": stored_mails(to=to), "to": to})


@public
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component of the design system with French content, in development."""
    if settings.PRODUCTION:
        raise Http404
    return TemplateResponse(request, "styleguide.html", {"sample": sample()})
