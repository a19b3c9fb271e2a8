"""One thing that a hoster has not said yet, and the field where it is said."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Missing:
    """`label`: in words, after « il manque ». `section`: URL name of the page that mends it. `field`: its name there;
    "" when the page as a whole mends it."""

    label: str
    section: str
    field: str

    @property
    def url(self) -> str:
        """The field itself, on the page that mends it."""
        page = reverse(self.section)
        return f"{page}#id_{self.field}" if self.field else page
