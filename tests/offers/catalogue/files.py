"""Catalogue files for tests: the smallest one, and how to change it."""

import json
from copy import deepcopy
from typing import Any

SMALLEST: dict[str, Any] = {
    "hoster": {
        "slug": "essai",
        "name": "Essai",
        "legal_name": "Association Essai",
        "street": "1 rue du Port",
        "postcode": "44000",
        "town": "Nantes",
        "email": "bonjour@essai.example",
    },
    "needs": [{"title": "Partager", "explanation": "Des fichiers communs."}],
    "components": [{"slug": "fichiers", "need": "Partager", "function": "Fichiers", "kind": "produit"}],
    "ranges": [{"slug": "gamme", "name": "Gamme"}],
    "offers": [
        {
            "slug": "pack",
            "name": "Pack",
            "range": "gamme",
            "audience": "Pour une petite association",
            "purpose": "Des fichiers communs.",
            "parts": [
                {"component": "fichiers", "entitlements": [{"metric": "storage_gb"}, {"label": "Votre logo"}]}
            ],
            "tariff": {
                "metrics": [{"code": "storage_gb", "label": "Espace", "unit": "Go"}],
                "charges": [{"type": "flat", "label": "Pack", "price": "10.00"}],
                "includes": [{"metric": "storage_gb", "quantity": 20}],
            },
        }
    ],
}


def smallest() -> dict[str, Any]:
    return deepcopy(SMALLEST)


def as_bytes(data: Any) -> bytes:
    """The file as somebody writes it: one name or value per line."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode()
