"""What the person who decides and the members of the board type, with errors that say what to write."""

from datetime import date
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.board.decisions import Count, Decided, Mandated
from billing.board.links import MOST_MAILS
from billing.board.meetings import day_refusal
from billing.board.minutes import Minutes, MinutesRefused, read_minutes
from billing.board.votes import MOST_MEMBERS, Asked, Member
from billing.forms import EMAIL_LENGTH, FileAskedAgain, LineField
from billing.models import Ballot, BoardDecision, Body, Quote

MOST_PEOPLE = 9999


class DayInput(forms.DateInput):
    """A day, chosen with the browser's calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PeopleField(forms.CharField):
    """People, one a line or separated by commas: an address, or `Sacha Roux <sacha@asso.example>`."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(
            max_length=most * 360, widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}), **kwargs
        )
        self.most = most

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value) or ""
        lines = [line.strip() for line in typed.replace(";", "\n").replace(",", "\n").splitlines()]
        people = {member.email: member for member in map(_member, filter(None, lines))}
        if len(people) > self.most:
            raise ValidationError(_("Au plus %(most)s adresses.") % {"most": self.most})
        return tuple(people.values())


def _member(line: str) -> Member:
    name, email = parseaddr(line)
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            _("« %(line)s » n’est pas une adresse e-mail. Écrivez une adresse par ligne.")
            % {"line": line[:80]}
        ) from None
    if len(email) > EMAIL_LENGTH:
        raise ValidationError(_("Cette adresse e-mail est trop longue."))
    return Member(LineField().to_python(name)[:80], email.lower())


class LinkForm(forms.Form):
    """A link to copy. The key makes one link of a form sent twice."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class AddressesForm(forms.Form):
    """Who receives a link by mail."""

    addresses = PeopleField(
        label=gettext_lazy("Adresses e-mail des membres"),
        most=MOST_MAILS,
        help_text=gettext_lazy("Une par ligne. Elles servent à cet envoi, et à rien d’autre."),
    )


class MeetingForm(forms.Form):
    """« Nous en parlons le … »."""

    body = forms.ChoiceField(label=gettext_lazy("Qui se réunit"), choices=Body.choices)
    held_on = forms.DateField(label=gettext_lazy("Date de la réunion"), widget=DayInput)

    def clean_held_on(self) -> date:
        """A day on which a meeting can be planned."""
        held_on: date = self.cleaned_data["held_on"]
        if reason := day_refusal(held_on):
            raise ValidationError(reason)
        return held_on


class SummaryForm(forms.Form):
    """What the summary says of today's situation."""

    replaces = LineField(
        label=gettext_lazy("Ce que cela remplace"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Par exemple : une messagerie gratuite et trois abonnements payés par des bénévoles."
        ),
    )
    replaced_yearly = forms.DecimalField(
        label=gettext_lazy("Ce que cela vous coûte aujourd’hui, par an (€)"),
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("Nous montrons la différence. Laissez vide si vous ne savez pas."),
    )


class MandatedFields(forms.Form):
    """Who is asked to accept for the association."""

    mandated_name = LineField(label=gettext_lazy("Personne mandatée"), required=False, max_length=80)
    mandated_role = LineField(
        label=gettext_lazy("Sa fonction"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Par exemple : présidente, trésorier."),
    )
    mandated_email = forms.EmailField(
        label=gettext_lazy("Son adresse e-mail"),
        required=False,
        max_length=EMAIL_LENGTH,
        help_text=gettext_lazy("Si c’est oui, nous y envoyons le lien pour accepter."),
    )

    MANDATED = ("mandated_name", "mandated_role", "mandated_email")

    def mandated(self) -> Mandated:
        return Mandated(*(self.cleaned_data[name] for name in self.MANDATED))

    def _ask_for_mandated(self) -> None:
        for name in self.MANDATED:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("Indiquez qui est mandaté : cette personne acceptera le devis."))


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=MOST_PEOPLE, widget=forms.NumberInput
    )


class DecisionForm(FileAskedAgain, MandatedFields):
    """What was decided. Numbers are as they wish, but hold together."""

    result = forms.ChoiceField(
        label=gettext_lazy("Résultat"), choices=BoardDecision.Result.choices, widget=forms.RadioSelect
    )
    conditions = LineField(
        label=gettext_lazy("Conditions ou précisions"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    body = forms.ChoiceField(label=gettext_lazy("Qui a décidé"), choices=Body.choices)
    decided_on = forms.DateField(label=gettext_lazy("Date de la décision"), widget=DayInput)
    present = _number(gettext_lazy("Présents ou représentés"))
    quorum = _number(gettext_lazy("Quorum"))
    votes_for = _number(gettext_lazy("Pour"))
    votes_against = _number(gettext_lazy("Contre"))
    votes_abstain = _number(gettext_lazy("Abstentions"))
    minutes_reference = LineField(
        label=gettext_lazy("Référence du procès-verbal"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Par exemple : PV du 3 décembre, point 4."),
    )
    minutes = forms.FileField(
        label=gettext_lazy("Le procès-verbal"),
        required=False,
        help_text=gettext_lazy(
            "PDF, ou photo en JPEG ou PNG, 5 Mo au plus. Seules votre association et notre équipe le lisent."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("C’est bien ce qui a été décidé : ce qui est enregistré ne s’efface plus")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    DECISION = ("result", "conditions", "body", "decided_on")
    COUNT = ("present", "quorum", "votes_for", "votes_against", "votes_abstain")
    MINUTES = ("minutes_reference", "minutes")

    def __init__(self, *args: Any, quote: Quote, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.quote = quote

    def decision_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.DECISION]

    def count_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.COUNT]

    def minutes_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MINUTES]

    def mandated_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MANDATED]

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if not self.quote.issued_on <= day <= timezone.localdate():
            raise ValidationError(_("Indiquez un jour entre l’envoi du devis et aujourd’hui."))
        return day

    def clean_minutes(self) -> Minutes | None:
        upload = self.cleaned_data["minutes"]
        try:
            return read_minutes(upload) if upload else None
        except MinutesRefused as refused:
            raise ValidationError(str(refused)) from refused

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        result = given.get("result")
        if result in BoardDecision.FAVOURABLE:
            self._ask_for_mandated()
        if result == BoardDecision.Result.CONDITIONAL and not given.get("conditions"):
            self.add_error("conditions", _("Dites quelles sont les conditions."))
        if field_and_reason := _incoherent(given, result):
            self.add_error(*field_and_reason)

    def decided(self) -> Decided:
        """The cleaned values, for `decisions.record_decision`."""
        given = self.cleaned_data
        return Decided(
            **{name: given[name] for name in (*self.DECISION, *self.MINUTES, "key")},
            count=Count(*(given[name] for name in self.COUNT)),
            mandated=self.mandated() if given["result"] in BoardDecision.FAVOURABLE else Mandated(),
        )


def _incoherent(given: dict[str, Any], result: str | None) -> tuple[str, str] | None:
    """The first number that cannot go with the others: its field, and why."""
    votes = [given.get(name) for name in ("votes_for", "votes_against", "votes_abstain")]
    present, quorum = given.get("present"), given.get("quorum")
    yes = result in BoardDecision.FAVOURABLE
    if any(each is not None for each in votes) and any(each is None for each in votes):
        return "votes_for", _("Donnez les trois nombres de voix, zéro compris, ou aucun.")
    counted = [each for each in votes if each is not None]
    if present is not None and sum(counted) > present:
        return "present", _("Il y a plus de voix que de présents ou représentés.")
    if yes and quorum is not None and present is not None and present < quorum:
        return "quorum", _("Le quorum n’est pas atteint : la décision ne peut être qu’un report ou un refus.")
    if yes and counted and counted[1] > counted[0]:
        return "votes_for", _(
            "Il y a plus de voix contre que de voix pour : vérifiez le résultat ou les nombres."
        )
    return None


class VoteForm(MandatedFields):
    """What the members are asked, until when, and how their voices are shown."""

    SECRECY = [
        ("named", gettext_lazy("Nominatif : le procès-verbal dit qui a voté quoi")),
        ("secret", gettext_lazy("Secret : personne ne lit qui a voté quoi, même nous ; on voit qui a voté")),
    ]

    body = forms.ChoiceField(label=gettext_lazy("Quelle instance vote"), choices=Body.choices)
    question = LineField(
        label=gettext_lazy("La question posée"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    members = PeopleField(
        label=gettext_lazy("Qui vote"),
        most=MOST_MEMBERS,
        help_text=gettext_lazy(
            "Une personne par ligne, 40 au plus : son adresse, ou « Sacha Roux <sacha@asso.example> »."
        ),
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Dernier jour du vote"),
        widget=DayInput,
        help_text=gettext_lazy("Jusqu’à minuit, heure de Paris."),
    )
    quorum = forms.IntegerField(
        label=gettext_lazy("Quorum"),
        min_value=0,
        max_value=MOST_MEMBERS,
        initial=0,
        help_text=gettext_lazy("Combien de votes il faut, abstentions comprises. Zéro s’il n’y en a pas."),
    )
    secrecy = forms.ChoiceField(
        label=gettext_lazy("Le vote est"), choices=SECRECY, widget=forms.RadioSelect, initial="named"
    )
    live = forms.BooleanField(
        label=gettext_lazy("Je vois le compte avant la fin (vote nominatif seulement)"), required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for name in self.MANDATED:
            self.fields[name].required = True
        self.order_fields(
            ["body", "question", "members", "closes_on", "quorum", "secrecy", "live", *self.MANDATED, "key"]
        )

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("live") and self.cleaned_data.get("secrecy") == "secret":
            self.add_error(
                "live", _("Le compte d’un vote secret ne se voit qu’à la fin : décochez cette case.")
            )

    def asked(self) -> Asked:
        """The cleaned values, for `votes.open_vote`."""
        given = self.cleaned_data
        names = ("body", "question", "closes_on", "quorum", "live", "members", "key")
        return Asked(
            **{name: given[name] for name in names},
            secret=given["secrecy"] == "secret",
            mandated=self.mandated(),
        )


class BallotForm(forms.Form):
    """A member's voice."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Votre vote"), choices=Ballot.Choice.choices, widget=forms.RadioSelect
    )
    comment = LineField(
        label=gettext_lazy("Un commentaire"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ExtensionForm(forms.Form):
    """Until when staff keeps a quote open."""

    until = forms.DateField(label=gettext_lazy("Nouveau dernier jour"), widget=DayInput)
