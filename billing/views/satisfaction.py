"""« Nous recommanderiez-vous ? »: answered from the link of a mail, without an account."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from billing.models import Satisfaction
from billing.models.satisfaction import BEST
from billing.satisfaction import answer_satisfaction, refuse_satisfaction, satisfaction_of
from hosters.access import HosterRequest, private
from hosters.throttle import throttled


class AnswerForm(forms.Form):
    """A mark from 0 to 10 and, maybe, a few words."""

    score = forms.TypedChoiceField(
        label=gettext_lazy("Nous recommanderiez-vous à une autre association ?"),
        choices=[(mark, str(mark)) for mark in range(BEST + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("0 : pas du tout. 10 : sans hésiter."),
    )
    comment = forms.CharField(
        label=gettext_lazy("En quelques mots"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HosterRequest, token: str) -> HttpResponse:
    """The question; then thanks. Opening the page answers nothing: machines open the links of mails."""
    row = _row_of(token)
    form = AnswerForm(request.POST or None, initial={"score": row.score, "comment": row.comment})
    if request.method == "POST" and form.is_valid():
        answer_satisfaction(row=row, **form.cleaned_data)
        messages.success(request, _("Merci ! Votre réponse est enregistrée."))
        return redirect("storefront:satisfaction", token=token)
    return TemplateResponse(
        request, "storefront/satisfaction.html", {"row": row, "form": form, "token": token}
    )


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HosterRequest, token: str) -> HttpResponse:
    """Never asked again, without a word to say why. Opening the address refuses nothing."""
    row = _row_of(token)
    if request.method == "POST":
        refuse_satisfaction(row=row)
        messages.success(request, _("C’est noté : nous ne vous le demanderons plus."))
    return redirect("storefront:satisfaction", token=token)


def _row_of(token: str) -> Satisfaction:
    row = satisfaction_of(token)
    if row is None:
        raise Http404
    return row
