"""What a hoster chose of its relations."""

from crm.models import RelationSettings
from hosters.models import Hoster, User
from hosters.setting_changes import record_change


def relation_settings(hoster: Hoster) -> RelationSettings:
    """The choices of a hoster, or the cautious ones."""
    return RelationSettings.objects.filter(hoster=hoster).first() or RelationSettings(hoster=hoster)


def choose(*, hoster: Hoster, kept_months: int, opt_out_prospecting: bool, by: User) -> None:
    """Keep the choices, with their author."""
    before = relation_settings(hoster)
    labels = {field.name: str(field.verbose_name) for field in RelationSettings._meta.fields}
    told = {"kept_months": kept_months, "opt_out_prospecting": opt_out_prospecting}
    for name, value in told.items():
        old = getattr(before, name)
        if old != value:
            label = labels[name]
            record_change(
                hoster=hoster, by=by, section="Relations", what=label, before=_said(old), after=_said(value)
            )
    RelationSettings.objects.update_or_create(hoster=hoster, defaults=told)


def keep_chances(*, settings: RelationSettings) -> None:
    """Write what a form chose of the chances of quotes and of letters at once."""
    settings.save()


def _said(value: int | bool) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)
