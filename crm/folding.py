"""Texts made comparable: without accents, capitals, marks nor the words that every association has in its name."""

import re
import unicodedata

#: Words that tell no organisation from another.
USUAL = frozenset(
    [
        "a",
        "al",
        "an",
        "and",
        "asso",
        "assoc",
        "association",
        "au",
        "aux",
        "club",
        "collectif",
        "comite",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "federation",
        "l",
        "la",
        "le",
        "les",
        "pour",
        "union",
    ]
)
#: Mail providers shared by everybody: a same domain there means nothing.
SHARED_DOMAINS = frozenset(
    [
        "aol.com",
        "bbox.fr",
        "club-internet.fr",
        "disroot.org",
        "free.fr",
        "gmail.com",
        "gmx.com",
        "gmx.fr",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "laposte.net",
        "live.com",
        "live.fr",
        "mac.com",
        "mailo.com",
        "me.com",
        "msn.com",
        "neuf.fr",
        "numericable.fr",
        "orange.fr",
        "outlook.com",
        "outlook.fr",
        "pm.me",
        "posteo.net",
        "proton.me",
        "protonmail.com",
        "riseup.net",
        "sfr.fr",
        "tuta.io",
        "tutanota.com",
        "wanadoo.fr",
        "yahoo.com",
        "yahoo.fr",
        "ymail.com",
        "zaclys.net",
    ]
)


def folded(text: str) -> str:
    """Lower case, without accents nor marks, words separated by one space."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def name_key(name: str) -> str:
    """The words that distinguish a name, sorted: « Association Les Amis du Lavoir » and « Amis du lavoir » agree."""
    told = folded(name).split()
    return " ".join(sorted(word for word in told if word not in USUAL) or sorted(told))[:120]


def territory_of(postcode: str, country: str) -> str:
    """The département (« 69 », « 2A », « 974 ») of a French postcode, the country code elsewhere, "" if unknown."""
    if country != "FR":
        return country
    digits = re.sub(r"\D", "", postcode)
    if len(digits) != 5:
        return ""
    if digits.startswith(("97", "98")):
        return digits[:3]
    if digits.startswith("20"):
        return "2A" if digits < "20200" else "2B"
    return digits[:2]


def domain_of(email: str) -> str:
    """The domain of an address that belongs to an organisation, "" for the providers of everybody."""
    domain = email.rpartition("@")[2].strip().lower()
    return "" if domain in SHARED_DOMAINS else domain
