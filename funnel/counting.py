"""Counting a step without watching anybody: one number a day goes up, and that is all that is kept."""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone

from funnel import buffer
from funnel.models import StepCount
from funnel.visits import first_today
from hosters.access import HosterRequest

ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python|java/|go-http|libwww|okhttp|httpclient|axios|scrapy"
    r"|headless|phantom|lighthouse|uptime|pingdom|feed|facebookexternalhit|whatsapp|telegram|scanner|archiver",
    re.IGNORECASE,
)
SOURCE = re.compile(r"[a-z0-9-]{1,40}")
FROM_ELSEWHERE = {"none", "cross-site", "same-site"}
#: A browser that fetches a page before anybody asked for it: nobody has seen it.
AHEAD_OF_TIME = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def source_of(request: HttpRequest) -> str:
    """The campaign named by the link that was followed (`?via=flyer-salon`), carried by forms, never by a cookie."""
    via = request.POST.get("via") or request.GET.get("via") or ""
    return via if SOURCE.fullmatch(via) else ""


def arrives(request: HttpRequest) -> bool:
    """Whether the person comes from elsewhere: a link, a bookmark, an address typed."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in FROM_ELSEWHERE
    try:
        return urlsplit(request.headers.get("Referer", "")).netloc != request.get_host()
    except ValueError:  # an address that is none, such as `http://[`
        return True


def refuses_counting(request: HttpRequest) -> bool:
    """Robots, pages fetched ahead of time, and people whose browser says that they do not wish to be counted."""
    asked = request.headers.get("DNT") == "1" or request.headers.get("Sec-GPC") == "1"
    ahead = any(re.search("prefetch|preview", request.headers.get(name, "")) for name in AHEAD_OF_TIME)
    robot = bool(ROBOT.search(request.headers.get("User-Agent", "robot")))
    return asked or ahead or robot or request.method == "HEAD"


def count_step(request: HosterRequest, step: StepCount.Step, *, offer: str = "") -> None:
    """Add one to today's counter, once a day for each visitor; nothing is read nor written while the page waits."""
    if refuses_counting(request) or first_today(request, f"{step}:{offer}") is False:
        return
    buffer.add(buffer.Count(request.hoster.pk, timezone.localdate(), step.value, offer, source_of(request)))


def count_page(request: HosterRequest, *, offer: str = "") -> None:
    """Count a storefront page: the visit of the day, and the offer if it shows one."""
    if refuses_counting(request):
        return
    first = first_today(request, StepCount.Step.VISIT)
    if arrives(request) if first is None else first:
        today = timezone.localdate()
        buffer.add(buffer.Count(request.hoster.pk, today, StepCount.Step.VISIT.value, "", source_of(request)))
    if offer:
        count_step(request, StepCount.Step.OFFER, offer=offer)
