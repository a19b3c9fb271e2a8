"""What pages with one short form share."""

from dataclasses import dataclass

from django.forms import BaseForm
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from hosters.access import StaffRequest

WRITING = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class FormPage:
    """A title, a sentence, a form, and where one goes back to. `warning` is read before the form; `remove`, when
    there is one, is the address that takes the thing away, once confirmed, and `removing` what happens then."""

    title: str
    button: str
    back: str
    back_label: str
    intro: str = ""
    warning: str = ""
    remove: str = ""
    removing: str = ""


def form_page(request: StaffRequest, page: FormPage, form: BaseForm) -> HttpResponse:
    """The page; 422 when what was sent is wrong."""
    status = 422 if form.is_bound and not form.is_valid() else 200
    return TemplateResponse(request, "staff/relations/form.html", {"page": page, "form": form}, status=status)
