"""Invented data for the page that shows every component of the design system."""

from datetime import UTC, datetime
from decimal import Decimal

from django import forms
from django.core.paginator import Page, Paginator

from hosters.brand_sample import sample_of
from pricing.typography import THIN, euros


class SampleForm(forms.Form):
    """One field of each kind, two of them refused."""

    organization = forms.CharField(label="Nom de l’association")
    rna = forms.CharField(
        label="Numéro RNA",
        required=False,
        help_text="W suivi de 9 chiffres, sur le récépissé de la préfecture.",
    )
    email = forms.EmailField(label="Adresse e-mail")
    message = forms.CharField(label="Ce que vous aimeriez nous dire", required=False, widget=forms.Textarea)
    wish = forms.ChoiceField(
        label="Vous préférez",
        choices=[("mail", "une réponse par courriel"), ("call", "être rappelée")],
        widget=forms.RadioSelect,
    )
    season = forms.ChoiceField(
        label="Quand commencer", choices=[("now", "Dès que possible"), ("2027", "En janvier 2027")]
    )
    consent = forms.BooleanField(label="J’accepte de recevoir ce devis et d’être relancée à son sujet.")


def sample() -> dict[str, object]:
    """The context of `styleguide.html`."""
    return {
        "question": f"{THIN}?",
        "steps": ["Choisir", "Configurer", "Demander", "Faire voter", "Accepter"],
        "errors": ["Écrivez un nombre entre 1 et 50."],
        "form": SampleForm(
            {"organization": "Maison de quartier des Tilleuls", "rna": "W35", "wish": "call", "season": "now"}
        ),
        "trail": [("Accueil", "#offres"), ("Devis", "#devis")],
        "badges": _badges(),
        "offers": _offers(),
        "workshop": _workshop(),
        **_price(),
        **_quote(),
        **_dashboard(),
    }


def _badges() -> list[dict[str, str]]:
    return [
        {"label": "Prospect", "tone": "", "icon": ""},
        {"label": "Lead", "tone": "info", "icon": "message-circle"},
        {"label": "Cliente", "tone": "success", "icon": "check"},
        {"label": "À relancer", "tone": "warning", "icon": "bell"},
        {"label": "En retard", "tone": "danger", "icon": "triangle-alert"},
        {"label": "Exemple du cours", "tone": "brand", "icon": ""},
    ]


def _workshop() -> list[dict[str, object]]:
    labels = ["Pour qui, pour quoi", "Composants", "Tarif", "Fin de contrat", "Relire", "Publier"]
    return [
        {"label": label, "url": "#offres", "done": rank < 2, "current": rank == 2}
        for rank, label in enumerate(labels)
    ]


def _offers() -> list[dict[str, object]]:
    files = {
        "title": "Ranger, partager et écrire à plusieurs",
        "software": "Nextcloud et Collabora",
        "icon": "folder-open",
    }
    members = {"title": "Suivre adhésions et cotisations", "software": "Dolibarr", "icon": "users"}
    site = {"title": "Avoir un site à soi", "software": "WordPress", "icon": "globe"}
    meet = {"title": "Se réunir à distance", "software": "BigBlueButton", "icon": "video"}
    return [
        {
            "name": "Marmule",
            "audience": "Pour une association qui s’organise",
            "needs": [files, members, site],
            "price": Decimal("10"),
        },
        {
            "name": "Mésange",
            "audience": "Pour essayer à quelques-unes",
            "needs": [files],
            "price": Decimal("4.50"),
        },
        {
            "name": "Héronnière",
            "audience": "Pour une fédération",
            "needs": [files, members, site, meet],
            "price": Decimal("1240"),
        },
    ]


def _price() -> dict[str, object]:
    return {
        "price": Decimal("30"),
        "lines": [
            {"label": "Pack de base", "amount": Decimal("10"), "rule": "5 personnes et 20 Go compris"},
            {
                "label": "Personnes en plus",
                "quantity": 2,
                "amount": Decimal("10"),
                "rule": "7 en plus = 2 groupes entamés de 5, à 5,00 € chacun",
            },
            {
                "label": "Espace en plus",
                "quantity": 2,
                "amount": Decimal("10"),
                "rule": "15 Go en plus = 2 tranches entamées de 10, à 5,00 €",
            },
            {
                "label": "Migration de vos données",
                "amount": None,
                "rule": "selon ce que vous avez aujourd’hui",
            },
        ],
        "totals": [
            {"label": "Première facture", "amount": Decimal("100")},
            {"label": "Première année", "amount": Decimal("430"), "main": True},
            {"label": "Années suivantes", "amount": Decimal("380")},
        ],
    }


def _quote() -> dict[str, object]:
    return {
        "facts": [
            ("Association", "Maison de quartier des Tilleuls"),
            ("Personne", "Amina Belkacem, trésorière"),
            ("Adresse", "12 rue des Lilas, 35000 Rennes"),
            ("Pour", "12 personnes et 35 Go"),
            ("Engagement", "aucun, un mois de préavis"),
            ("Numéro RNA", ""),
        ],
        "events": [
            {
                "when": datetime(2026, 11, 21, 9, 12, tzinfo=UTC),
                "title": "Devis émis",
                "text": "430,00 € TTC la première année",
                "tone": "brand",
            },
            {
                "when": datetime(2026, 11, 20, 17, 40, tzinfo=UTC),
                "title": "Demande reçue",
                "text": "« Nous sommes douze, dont trois salariées. »",
                "tone": "info",
            },
            {
                "when": datetime(2026, 11, 18, 8, 5, tzinfo=UTC),
                "title": "Premier appel",
                "text": "Rencontrée au forum des associations",
            },
        ],
    }


def _dashboard() -> dict[str, object]:
    states = [("En attente du vote", "warning"), ("Accepté", "success"), ("Envoyé", "info"), ("Expiré", "")]
    names = [
        "Maison de quartier des Tilleuls",
        "Les Jardins de Łucja",
        "Fédération des ateliers vélo du Grand Ouest",
        "Amap du Coing",
    ]
    return {
        "stats": [
            {"value": "3", "label": "demandes aujourd’hui", "url": "#devis", "detail": "dont 1 sans réponse"},
            {"value": "7", "label": "devis en attente d’un vote", "url": "#devis", "detail": ""},
            {"value": euros(Decimal("1284.5")), "label": "facturés ce mois-ci", "url": "", "detail": ""},
            {"value": "0", "label": "facture en retard", "url": "", "detail": ""},
        ],
        "quotes": [
            {
                "organization": name,
                "number": f"D-2026-{42 - i:04}",
                "date": datetime(2026, 11, 21 - i, tzinfo=UTC),
                "state": state,
                "tone": tone,
                "monthly": Decimal(30 - 5 * i),
                "year": Decimal(430 + 812 * i),
            }
            for i, (name, (state, tone)) in enumerate(zip(names, states, strict=True))
        ],
        "page": _second_page(),
        "brand": sample_of("#2f5d62", ""),
        "shares": _shares(),
        "funnel": [
            {"label": "Visites", "count": 412, "share": 100},
            {"label": "Offre vue", "count": 188, "share": 46, "rate": "46 % des visites"},
            {"label": "Prix calculé", "count": 97, "share": 24, "rate": "52 % des offres vues"},
            {"label": "Devis demandé", "count": 14, "share": 3, "rate": "14 % des calculs"},
            {"label": "Devis accepté", "count": 6, "share": 1, "rate": "43 % des devis"},
        ],
    }


def _shares() -> list[dict[str, object]]:
    told = [("Infrastructure", "serveurs, réseau", 30), ("Salaires", "les personnes qui répondent", 70)]
    return [{"label": label, "meaning": meaning, "percent": percent} for label, meaning, percent in told]


def _second_page() -> Page[int]:
    return Paginator(range(128), 20).page(2)
