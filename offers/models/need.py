from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class Need(models.Model):
    """What an association wants to do, in its own words: always shown before a software name (002-120).

    `who`, `what` and `because` make its statement, whole or absent: « l’organisation » a besoin de « quelque chose »
    en raison de « autre chose » (002-165).
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="needs")
    title = models.CharField(_("besoin"), max_length=80)
    explanation = models.CharField(_("en une phrase"), max_length=240, blank=True)
    icon = models.CharField(_("icône"), max_length=40, default="sparkles")
    who = models.CharField(_("qui a ce besoin"), max_length=80, blank=True)
    what = models.CharField(_("de quoi"), max_length=120, blank=True)
    because = models.CharField(_("pour quelle raison"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects: ClassVar[models.Manager["Need"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        constraints = [
            models.UniqueConstraint(fields=["hoster", "title"], name="one_need_per_title"),
            models.CheckConstraint(
                condition=Q(who="", what="", because="") | ~(Q(who="") | Q(what="") | Q(because="")),
                name="need_statement_whole_or_absent",
                violation_error_message=_("Remplissez les trois parties de la phrase, ou aucune."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def statement(self) -> str:
        """The need as one sentence, or "" while it is not told."""
        if not self.who:
            return ""
        told = {"who": self.who, "what": self.what, "because": self.because}
        return gettext("%(who)s a besoin de « %(what)s » en raison de « %(because)s ».") % told
