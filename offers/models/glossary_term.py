from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster
from offers.models.record import Record


class GlossaryTerm(Record):
    """A technical word told plainly: visitors read the explanation where they meet the word (002-057)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="glossary_terms")
    word = models.CharField(
        _("mot"), max_length=60, help_text=_("Comme il est écrit dans vos textes, au singulier.")
    )
    explanation = models.CharField(
        _("explication"),
        max_length=300,
        help_text=_("Une phrase, avec une comparaison de tous les jours."),
    )
    variants = models.CharField(
        _("autres écritures"),
        max_length=200,
        blank=True,
        help_text=_("Séparées par des virgules. Le pluriel est reconnu tout seul."),
    )

    objects: ClassVar[models.Manager["GlossaryTerm"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("mot du glossaire")
        verbose_name_plural = _("mots du glossaire")
        ordering = [Lower("word"), "pk"]
        constraints = [
            models.UniqueConstraint("hoster", Lower("word"), name="one_explanation_per_word"),
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def writings(self) -> list[str]:
        """The word and its variants, each as it may be read."""
        return [self.word, *filter(None, (each.strip() for each in self.variants.split(",")))]
