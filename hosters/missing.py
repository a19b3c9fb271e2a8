"""One thing that a hoster has not said yet, and the field where it is said."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Missing:
    """`label`: in words, after « il manque ». `section`: URL name of the page of the settings. `field`: its name."""

    label: str
    section: str
    field: str

    @property
    def url(self) -> str:
        """The field itself, on the page that mends it."""
        return f"{reverse(self.section)}#id_{self.field}"
