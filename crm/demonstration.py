"""A dozen organisations at every stage, with a believable story: what a newcomer sees of the relations."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from django.utils import timezone

from crm.criteria import start_with_usual
from crm.interactions import NextAction, record_interaction
from crm.models import Contact, Criterion, Interaction, LossReason, Opportunity, Organization, Stage, Step
from crm.opportunities import lose, move_by_hand, open_by_hand
from crm.records import keep_contact, keep_organization
from crm.saved_filters import save_filter
from crm.scoring import Declared, keep_answers
from crm.stages import set_stage
from hosters.models import Hoster, Role, User

#: Makes the keys of the exchanges: the same scene played twice writes them once.
SCENE = UUID("6f1c3a52-9a0e-4c1e-8f6c-2f6f4f3f8f10")


@dataclass(frozen=True)
class Character:
    """An organisation of the scene: who, what it needs, how far its deal is, what was said and when."""

    name: str
    town: str
    postcode: str
    source: str
    person: str
    email: str
    needs: str
    accounts: int
    step: Step | None = None
    value: str = ""
    days: int = 3
    said: str = ""
    following: str = ""
    in_days: int = 0
    answers: str = ""


CHARACTERS = [
    Character(
        "L’Atelier du Vélo",
        "Villeurbanne",
        "69100",
        "fair",
        "Nour Benali",
        "contact@atelierduvelo.example",
        "agenda partagé, fichiers",
        8,
        Step.NEED,
        "360",
        2,
        "Perd ses plannings dans les courriels.",
        "Envoyer le récit d’une association semblable",
        0,
        "yyyyynyy8",
    ),
    Character(
        "Maison de quartier des Tilleuls",
        "Lyon",
        "69008",
        "recommendation",
        "Claire Moreau",
        "accueil@tilleuls.example",
        "visioconférence",
        25,
        Step.QUOTE,
        "780",
        5,
        "Le CA veut comparer avec son outil actuel.",
        "Rappeler Claire avant le bureau",
        1,
        "yyyynyy25",
    ),
    Character(
        "Les Glaneurs du Pilat",
        "Saint-Étienne",
        "42000",
        "network",
        "Yves Faure",
        "yves.faure@glaneurs.example",
        "fichiers, formulaires",
        12,
        Step.BOARD,
        "480",
        9,
        "Le trésorier a demandé où sont les sauvegardes.",
        "Prendre des nouvelles après le vote",
        0,
        "yyyyyyy12",
    ),
    Character(
        "Chorale Les Voix Mêlées",
        "Grenoble",
        "38000",
        "call",
        "Inès Caron",
        "ines.caron@voixmelees.example",
        "liste de diffusion",
        40,
        Step.SIGNATURE,
        "540",
        4,
        "Le CA a voté oui, la présidente signe lundi.",
        "Préparer l’ouverture des comptes",
        0,
        "yyyyyyn40",
    ),
    Character(
        "Repair Café de la Croix-Rousse",
        "Lyon",
        "69004",
        "card",
        "Léo Martinez",
        "bonjour@repaircafe.example",
        "site, agenda partagé",
        6,
    ),
    Character(
        "Ludothèque Pirouette",
        "Bron",
        "69500",
        "fair",
        "Sophie Adam",
        "sophie.adam@pirouette.example",
        "réservations",
        4,
        None,
        "",
        70,
        "Carte de visite échangée, rien de précis.",
    ),
    Character(
        "Compagnie du Grenier",
        "Vienne",
        "38200",
        "press",
        "Paul Girard",
        "diffusion@grenier.example",
        "fichiers",
        9,
        Step.LOST,
        "420",
        30,
        "A choisi l’outil de sa fédération.",
    ),
    Character(
        "Radio Bocage",
        "Cholet",
        "49300",
        "mail",
        "Ana Lopes",
        "redaction@radiobocage.example",
        "fichiers, visioconférence",
        18,
        Step.NEED,
        "650",
        12,
        "Cherche où garder ses archives sonores.",
        "Proposer un appel découverte",
        0,
        "yynyy18",
    ),
    Character(
        "Jardins partagés du Ruisseau",
        "Nantes",
        "44000",
        "directory",
        "Malo Le Goff",
        "contact@jardinsduruisseau.example",
        "sondages",
        15,
        None,
        "",
        95,
        "Pas de besoin cette année.",
    ),
    Character(
        "Université populaire du Vercors",
        "Die",
        "26150",
        "call_for_projects",
        "Hélène Roux",
        "secretariat@upvercors.example",
        "visioconférence, cours en ligne",
        60,
        Step.QUOTE,
        "1450",
        6,
        "Dépose une demande de subvention qui couvrirait l’abonnement.",
        "Relire sa demande de subvention",
        2,
        "yyyyyyy60",
    ),
]


def relations(hoster: Hoster) -> None:
    """Write the scene once, in the scope of its hoster; a second time changes nothing."""
    by = User.objects.filter(memberships__hoster=hoster, memberships__role=Role.SALES).order_by("pk").first()
    if by:
        _play(hoster, by)


def _play(hoster: Hoster, by: User) -> None:
    start_with_usual(hoster=hoster)
    if Organization.objects.filter(hoster=hoster, name=CHARACTERS[0].name).exists():
        return
    criteria = list(Criterion.objects.filter(hoster=hoster))
    for character in CHARACTERS:
        _enter(hoster, by, character, criteria)
    # A row typed twice, for the page of duplicates.
    _entered(hoster, by, CHARACTERS[0], "Association Atelier du vélo")
    save_filter(
        hoster=hoster, owner=by, name="Chaudes du Rhône", query="warmth=hot&territory=69", shared=True
    )


def _enter(hoster: Hoster, by: User, character: Character, criteria: list[Criterion]) -> None:
    organization = _entered(hoster, by, character, character.name)
    person = keep_contact(
        contact=Contact(
            organization=organization,
            name=character.person,
            email=character.email,
            met_through=character.source,
        )
    )
    if character.step:
        set_stage(organization=organization, to=Stage.INTEREST, reason=character.said, by=by)
        _deal(organization, character, by)
    if character.said:
        _exchange(organization, person, character, by)
    if character.answers:
        keep_answers(
            organization=organization,
            declared=_declared(character.answers, criteria),
            method="interview",
            unscored=False,
            by=by,
        )


def _entered(hoster: Hoster, by: User, character: Character, name: str) -> Organization:
    organization = Organization(
        hoster=hoster,
        name=name,
        town=character.town,
        postcode=character.postcode,
        source=character.source,
        accounts=character.accounts,
        legal_form="association",
        vat_status="final",
        owner=by,
    )
    return keep_organization(organization=organization, tags=character.needs.split(","), by=by)


def _deal(organization: Organization, character: Character, by: User) -> None:
    assert character.step is not None
    deal = open_by_hand(
        opportunity=Opportunity(
            hoster=organization.hoster,
            organization=organization,
            offer=character.needs.split(",")[0].capitalize(),
            yearly_value=Decimal(character.value),
            meeting_on=timezone.localdate() + timedelta(days=1) if character.step == Step.BOARD else None,
        ),
        by=by,
    )
    if character.step == Step.LOST:
        lose(opportunity=deal, reason=LossReason.ELSEWHERE, note=character.said, leave_alone=False, by=by)
    else:
        move_by_hand(opportunity=deal, to=character.step, by=by, why=character.said)


def _exchange(organization: Organization, person: Contact, character: Character, by: User) -> None:
    following = timezone.localdate() + timedelta(days=character.in_days)
    interaction = Interaction(
        organization=organization,
        contact=person,
        channel=Interaction.Channel.CALL,
        direction=Interaction.Direction.INBOUND if character.step else Interaction.Direction.OUTBOUND,
        happened_at=timezone.now() - timedelta(days=character.days),
        summary=character.said,
        key=uuid5(SCENE, f"{organization.hoster_id}:{organization.name}"),
    )
    next_action = NextAction(character.following, following if character.following else None)
    record_interaction(interaction=interaction, next_action=next_action, by=by)


def _declared(said: str, criteria: list[Criterion]) -> list[Declared]:
    """« yyn12 »: yes, yes, no to the first questions, 12 to the one that asks a number."""
    letters, number = said.rstrip("0123456789"), said.lstrip("yn")
    questions = [each for each in criteria if each.threshold is None]
    told = [
        Declared(each, value="yes" if letter == "y" else "no")
        for each, letter in zip(questions, letters, strict=False)
    ]
    return told + [Declared(each, number=int(number)) for each in criteria if each.threshold is not None]
