"""Counting a step without watching anybody: one number a day goes up, and that is all that is kept."""

import logging
import re
from urllib.parse import urlsplit

from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from funnel.models import StepCount
from hosters.access import HosterRequest

logger = logging.getLogger("chatiere.funnel")

ROBOT = re.compile(r"bot|crawl|spider|preview|monitor|curl|wget|python|headless-check", re.IGNORECASE)
SOURCE = re.compile(r"[a-z0-9-]{1,40}")
FROM_ELSEWHERE = {"none", "cross-site", "same-site"}


def source_of(request: HttpRequest) -> str:
    """The campaign named by the link that was followed (`?via=flyer-salon`), carried by forms, never by a cookie."""
    via = request.POST.get("via") or request.GET.get("via") or ""
    return via if SOURCE.fullmatch(via) else ""


def arrives(request: HttpRequest) -> bool:
    """Whether the person comes from elsewhere: a link, a bookmark, an address typed. That is one visit."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in FROM_ELSEWHERE
    try:
        return urlsplit(request.headers.get("Referer", "")).netloc != request.get_host()
    except ValueError:  # an address that is none, such as `http://[`
        return True


def refuses_counting(request: HttpRequest) -> bool:
    """Robots, and people whose browser says that they do not wish to be counted."""
    asked = request.headers.get("DNT") == "1" or request.headers.get("Sec-GPC") == "1"
    return asked or bool(ROBOT.search(request.headers.get("User-Agent", "robot")))


def count_step(request: HosterRequest, step: StepCount.Step, *, offer: str = "") -> None:
    """Add one to today's counter. A counter that cannot be written never prevents a page from being read."""
    if refuses_counting(request):
        return
    try:
        _add_one(request, step, offer)
    except DatabaseError:
        logger.warning("step %s not counted", step)


def count_page(request: HosterRequest, *, offer: str = "") -> None:
    """Count a storefront page: a visit if the person arrives, and the offer if it shows one."""
    if arrives(request):
        count_step(request, StepCount.Step.VISIT)
    if offer:
        count_step(request, StepCount.Step.OFFER, offer=offer)


@transaction.atomic
def _add_one(request: HosterRequest, step: StepCount.Step, offer: str) -> None:
    counter, _created = StepCount.objects.get_or_create(
        hoster=request.hoster, day=timezone.localdate(), step=step, offer=offer, source=source_of(request)
    )
    StepCount.objects.filter(pk=counter.pk).update(count=F("count") + 1)
