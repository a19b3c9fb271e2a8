"""What the demonstration shows of outreach: a campaign with its goals, a fair, a call for projects, a wish."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.campaigns.campaigns import finish_action, keep_part
from crm.models import (
    CallForProjects,
    Campaign,
    CampaignAction,
    CampaignGoal,
    CampaignReview,
    Encounter,
    Lever,
    Organization,
    Partner,
    PartnerAction,
    Wish,
)
from crm.outreach.encounters import Met, take
from crm.outreach.records import add_voice, keep
from hosters.demonstration import register_story
from hosters.models import Hoster, Role, User

CODE = "salon-associations"


def register() -> None:
    """Add our chapter to the demonstration."""
    register_story(outreach)


def outreach(hoster: Hoster) -> None:
    """Once: somebody to speak to, what was planned, whom one met, what people ask for."""
    member = hoster.memberships.filter(role=Role.ADMIN).select_related("user").order_by("pk").first()
    if member is None or Campaign.objects.filter(hoster=hoster).exists():
        return
    _campaign(hoster, member.user)
    _encounter(hoster, member.user)
    _around(hoster, member.user)


def _campaign(hoster: Hoster, by: User) -> None:
    today = timezone.localdate()
    campaign = Campaign(
        hoster=hoster,
        name=_("Les associations du quartier, cet automne"),
        code=CODE,
        lever=Lever.EVENT,
        target=_("Les petites associations de Lyon qui perdent leurs fichiers entre bénévoles"),
        segment="association",
        territory="69",
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=30),
        planned_hours=Decimal(20),
        spent_hours=Decimal("12.5"),
        planned_euros=Decimal(150),
        spent_euros=Decimal(90),
    )
    keep(record=campaign)
    deadline = today + timedelta(days=30)
    for measure, value in ((CampaignGoal.Measure.CONTACTS, 10), (CampaignGoal.Measure.REQUESTS, 4)):
        keep_part(
            part=CampaignGoal(campaign=campaign, measure=measure, value=value, deadline=deadline, owner=by)
        )
    done = CampaignAction(
        campaign=campaign,
        what=_("Tenir le stand du salon"),
        due_on=today - timedelta(days=8),
        lever=Lever.EVENT,
        owner=by,
    )
    keep_part(part=done)
    finish_action(action=done)
    keep_part(
        part=CampaignAction(
            campaign=campaign,
            what=_("Rappeler les personnes rencontrées"),
            due_on=today,
            lever=Lever.PHONE,
            owner=by,
        )
    )
    keep_part(
        part=CampaignReview(
            campaign=campaign,
            on=today - timedelta(days=5),
            text=_("Le stand amène des gens, l’affiche n’amène personne. On garde le stand."),
            next_on=today + timedelta(days=25),
        )
    )


def _encounter(hoster: Hoster, by: User) -> None:
    encounter = Encounter(
        hoster=hoster,
        name=_("Salon des associations"),
        on=timezone.localdate() - timedelta(days=8),
        place="Lyon",
        code=CODE,
        text=_("Nous gardons votre adresse pour vous répondre. Cochez ce que vous voulez recevoir d’autre."),
    )
    keep(record=encounter)
    for home, name, address, offers in (
        ("Les Marcheurs du Rhône", "Anaïs Roche", "anais.roche@marcheurs.example", True),
        ("Ludothèque du Vallon", "Tom Girard", "tom.girard@ludovallon.example", False),
    ):
        take(encounter=encounter, met=Met(home, name, address, "", offers, False, False, "Lyon"), by=by)


def _around(hoster: Hoster, by: User) -> None:
    today = timezone.localdate()
    keep(
        record=CallForProjects(
            hoster=hoster,
            title=_("Numérique sobre des associations"),
            issuer=_("La Métropole"),
            deadline=today + timedelta(days=10),
            status=CallForProjects.Status.WRITTEN,
            owner=by,
            partners=_("la maison des associations"),
        )
    )
    partner = Partner(hoster=hoster, name=_("Maison des associations"), kind=Partner.Kind.FEDERATION)
    keep(record=partner)
    keep(
        record=PartnerAction(
            partner=partner,
            what=_("Atelier « quitter ses courriels en chaîne »"),
            on=today - timedelta(days=20),
            by=by,
        )
    )
    wish = Wish(hoster=hoster, title=_("Un outil de billetterie"), note=_("Vendre les places d’un concert."))
    keep(record=wish)
    for organization in Organization.objects.filter(hoster=hoster).living().order_by("pk")[:3]:
        add_voice(wish=wish, organization=organization, words="")
