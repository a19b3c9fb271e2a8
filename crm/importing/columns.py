"""Which column of a file is what: guessed from its title, corrected by a person, remembered for the next file."""

import unicodedata

from django.utils.translation import gettext_lazy as _

#: What a column may be, in the order of the list; `""` is left aside.
COLUMNS = {
    "": _("– ne pas reprendre –"),
    "organization": _("structure"),
    "rna": _("RNA"),
    "siren": _("SIREN ou SIRET"),
    "street": _("rue et numéro"),
    "postcode": _("code postal"),
    "town": _("commune"),
    "name": _("nom de la personne"),
    "first_name": _("prénom"),
    "email": _("e-mail"),
    "phone": _("téléphone"),
    "role": _("fonction"),
    "met_on": _("dernier message ou rencontre (date)"),
}
TITLES = {
    "organization": "structure|association|organisation|nom de la structure|nom de l association|raison sociale"
    "|denomination|organization|company|societe",
    "rna": "rna|numero rna|n rna",
    "siren": "siren|siret|numero siren|numero siret|n siren|n siret",
    "street": "rue|adresse|adresse postale|voie|rue et numero|street|address",
    "postcode": "code postal|cp|postcode|zip",
    "town": "commune|ville|town|city|localite",
    "name": "nom|nom complet|contact|personne|nom du contact|nom de famille|nom et prenom|name|last name",
    "first_name": "prenom|first name",
    "email": "e mail|email|mail|courriel|adresse e mail|adresse mail|adresse electronique|e mail address",
    "phone": "telephone|tel|portable|mobile|numero de telephone|phone",
    "role": "fonction|role|poste|title",
    "met_on": "dernier message|rencontre|rencontre le|rencontree le|dernier contact|date de rencontre",
}
KINDS = {title: kind for kind, titles in TITLES.items() for title in titles.split("|")}


def guess(header: list[str]) -> list[str]:
    """What each column seems to be, each kind once."""
    guessed: list[str] = []
    for title in header:
        found = KINDS.get(_plain(title), "")
        guessed.append(found if found not in guessed else "")
    return guessed


def _plain(title: str) -> str:
    """Lower case, without accents nor signs."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    return " ".join(
        "".join(
            letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter)
        ).split()
    )
