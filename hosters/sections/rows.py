"""Settings that are lists: who is entrusted with data, strengths and limits, the ten commitments."""

from typing import Any, cast

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hosters.models import CharterCommitment, Statement, Subprocessor
from hosters.sections.fields import ParagraphField

EVIDENCE = _("Une adresse publique, qui commence par https://.")


def public_address() -> forms.URLField:
    """An address that a page of ours may link to."""
    return forms.URLField(
        label=_("Preuve publique"),
        required=False,
        assume_scheme="https",
        help_text=EVIDENCE,
        validators=[URLValidator(schemes=["http", "https"])],
    )


class Row(forms.ModelForm):
    """One row of a list, headed by its name."""

    @property
    def heading(self) -> str:
        field = "title" if "title" in self.fields else "name"
        return str(self[field].value() or "")


class SubprocessorForm(Row):
    class Meta:
        model = Subprocessor
        fields = ("name", "purpose", "data", "country")


class StatementForm(Row):
    text = ParagraphField(
        label=_("Ce que lisent les associations"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence_url = public_address()

    class Meta:
        model = Statement
        fields = ("kind", "title", "text", "evidence_url", "is_public")


class CommitmentForm(forms.Form):
    """Where the hoster stands on one commitment; which one is told by its rank, never by the client."""

    to_publish = frozenset({"status"})

    status = forms.ChoiceField(
        label=_("Où vous en êtes"),
        required=False,
        choices=[("", _("pas encore dit")), *CharterCommitment.Status.choices],
    )
    text = ParagraphField(
        label=_("Comment, chez vous"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence_url = public_address()


class NamedRows(forms.BaseFormSet):
    """The whole list of a hoster; two rows of the same name are refused here rather than by the database."""

    names: tuple[str, ...] = ("name",)

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Retirer cette ligne")

    def clean(self) -> None:
        seen: set[tuple[str, ...]] = set()
        for form in self.forms:
            told = getattr(form, "cleaned_data", {})
            if not told or told.get("DELETE"):
                continue
            key = tuple(str(told.get(name, "")).casefold() for name in self.names)
            if all(key) and key in seen:
                form.add_error(self.names[-1], _("Cette ligne est déjà dans la liste."))
            seen.add(key)

    @property
    def rows(self) -> list[dict[str, object]]:
        """What a valid list holds, in order, without the rows to remove and the empty ones."""
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data]
        return [{k: v for k, v in row.items() if k != "DELETE"} for row in kept if not row.get("DELETE")]


class StatementRows(NamedRows):
    names = ("kind", "title")


LONGEST = 60  # rows


def _rows_of(form: type[forms.BaseForm], formset: type[NamedRows]) -> type[NamedRows]:
    made: Any = forms.formset_factory(
        form,
        formset=formset,
        extra=2,
        can_delete=True,
        max_num=LONGEST,
        absolute_max=LONGEST,
        validate_max=True,
    )
    return cast(type[NamedRows], made)


SUBPROCESSORS = _rows_of(SubprocessorForm, NamedRows)
STATEMENTS = _rows_of(StatementForm, StatementRows)


def commitment_forms(sent: QueryDict | None, rows: list[dict[str, Any]]) -> list[CommitmentForm]:
    """Ten forms in the order of the charter, whatever a client sends."""
    return [CommitmentForm(sent, prefix=f"form-{rank}", initial=row) for rank, row in enumerate(rows)]
