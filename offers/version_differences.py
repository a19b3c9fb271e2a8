"""What changes from one version of an offer to another, said in French, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from offers.freezing import completed, content_of
from offers.models import Component, Offer, Segment
from offers.tariff_drafts import metrics_of

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """`label` says what; `before` and `after` are "" when there was or is nothing."""

    label: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """In a word, for the badge."""
        if not self.before:
            return _("ajouté")
        return _("modifié") if self.after else _("retiré")

    @property
    def tone(self) -> str:
        if not self.before:
            return "success"
        return "info" if self.after else "warning"


def changes_between(before: Content, after: Content, metrics: Iterable[tuple[str, str]] = ()) -> list[Change]:
    """From an older copy to a newer one, in the order of the page. `metrics`: the words of what a tariff counts."""
    old, new = (_worded(completed(dict(each)), dict(metrics)) for each in (before, after))
    return [*_texts(old["offer"], new["offer"]), *_range(old, new), *_parts(old["parts"], new["parts"])]


def _worded(content: Content, metrics: Mapping[str, str]) -> Content:
    """The same copy, its rights in words."""
    parts = [
        {
            **entry,
            "rights": [
                right["label"] or metrics.get(right["metric"], right["metric"]) for right in entry["rights"]
            ],
        }
        for entry in content["parts"]
    ]
    return {**content, "parts": parts}


def prepared_changes(offer: Offer) -> list[Change]:
    """What publishing the working copy would change for visitors; nothing while no version exists."""
    version = offer.public_version
    return changes_between(version.content, content_of(offer), metrics_of(offer)) if version else []


def _texts(old: Content, new: Content) -> Iterator[Change]:
    for field in Offer._meta.concrete_fields:
        name = field.name
        if name in new and old.get(name) != new[name]:
            pair = [_shown(field, values.get(name)) for values in (old, new)]
            yield Change(str(capfirst(str(field.verbose_name))), *pair)


def _shown(field: Any, value: Any) -> str:
    """A value as a person reads it; "" for nothing."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return " ; ".join(map(_listed, value))
    return "" if value is None else str(value)


def _listed(value: Any) -> str:
    """A note with its mark, or one of the other publics: no other list is read by visitors."""
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return str(dict(Segment.choices).get(value, value))


def _range(old: Content, new: Content) -> Iterator[Change]:
    for label, key in ((_("Gamme"), "range"), (_("Contient toute l’offre"), "held")):
        before, after = ((each[key] or {}).get("name", "") for each in (old, new))
        if before != after:
            yield Change(label, before, after)


def _parts(old: Iterable[Content], new: Iterable[Content]) -> Iterator[Change]:
    before = {entry["component"]["id"]: entry for entry in old}
    after = {entry["component"]["id"]: entry for entry in new}
    for key, entry in after.items():
        if key not in before:
            yield Change(_component(entry), "", _given(entry))
        elif _told(before[key]) != _told(entry):
            yield Change(_component(entry), *_said(before[key], entry))
    for key, entry in before.items():
        if key not in after:
            yield Change(_component(entry), _given(entry), "")
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        order = [
            ", ".join(each[key]["need"]["title"] for key in each if key in before) for each in (before, after)
        ]
        yield Change(_("Ordre des composants"), *order)


def _component(entry: Content) -> str:
    return _("Composant : %(need)s") % {"need": entry["need"]["title"]}


def _told(entry: Content) -> Any:
    return entry["part"], entry["component"], entry["need"], entry["rights"]


def _said(before: Content, after: Content) -> tuple[str, str]:
    """What is given, with the words of the catalogue when they are what changed."""
    if _given(before) != _given(after):
        return _given(before), _given(after)
    names = [name for name in after["component"] if before["component"].get(name) != after["component"][name]]
    if before["part"]["charges"] != after["part"]["charges"]:
        paid = [_("payé par : %(lines)s"), _("payé par aucune ligne du tarif")]
        return tuple(  # type: ignore[return-value]  # of two
            paid[0] % {"lines": ", ".join(codes)} if (codes := each["part"]["charges"]) else paid[1]
            for each in (before, after)
        )
    if not names:
        return tuple(  # type: ignore[return-value]  # of two
            f"{each['need']['title']} {each['need']['explanation']}".strip() for each in (before, after)
        )
    fields = {field.name: field for field in Component._meta.concrete_fields}
    return tuple(  # type: ignore[return-value]  # of two
        ", ".join(_shown(fields[name], each["component"].get(name)) for name in names if name in fields)
        for each in (before, after)
    )


def _given(entry: Content) -> str:
    """`Un agenda partagé (Nextcloud), deux par personne, votre logo`."""
    component = entry["component"]
    known = f" ({component['software']})" if component["software"] else ""
    return ", ".join(
        [component["function"] + known, *filter(None, [entry["part"]["detail"], *entry["rights"]])]
    )
