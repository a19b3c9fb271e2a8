"""A hoster's catalogue as one text file (`docs/catalogue.md`): read whole, checked, compared, written, exported."""

from pathlib import Path

from offers.catalogue.differences import Difference, changes_something, differences
from offers.catalogue.entries import Catalogue
from offers.catalogue.importing import import_catalogue
from offers.catalogue.layout import catalogue_schema
from offers.catalogue.problems import CatalogueError
from offers.catalogue.reading import LARGEST, read_catalogue
from offers.catalogue.stored import stored_catalogue
from offers.catalogue.writing import write_catalogue

FOLDER = Path(__file__).parent.parent / "catalogues"

__all__ = [
    "LARGEST",
    "Catalogue",
    "CatalogueError",
    "Difference",
    "catalogue_schema",
    "changes_something",
    "differences",
    "import_catalogue",
    "read_catalogue",
    "shipped",
    "stored_catalogue",
    "write_catalogue",
]


def shipped() -> list[Path]:
    """The demonstration catalogues that come with Chatière."""
    return sorted(FOLDER.glob("*.json"))
