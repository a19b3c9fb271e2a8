"""From the bytes of a file to a catalogue, or to the list of everything that is wrong in it."""

from django.utils.translation import gettext as _

from offers.catalogue.checks import incoherences
from offers.catalogue.entries import Catalogue
from offers.catalogue.json_text import Malformed, Parsed, parse
from offers.catalogue.layout import CATALOGUE
from offers.catalogue.problems import CatalogueError, FileProblem
from pricing.engine.fields import Unreadable
from pricing.engine.problems import Problem

#: About four hundred offers written by hand.
LARGEST = 1_000_000  # bytes
UTF_8_MARK = b"\xef\xbb\xbf"
OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_catalogue(raw: bytes) -> Catalogue:
    """Read and check a whole file, without touching anything.

    Raises:
        CatalogueError: with every problem found, each with its line and its path.
    """
    try:
        parsed = parse(_decoded(raw))
    except Malformed as error:
        raise CatalogueError([FileProblem(error.line, error.path, error.message)]) from None
    repeated = [FileProblem(line, path, _("Ce nom est donné deux fois.")) for line, path in parsed.repeated]
    if repeated:
        raise CatalogueError(repeated)
    return _understood(parsed)


def _understood(parsed: Parsed) -> Catalogue:
    problems: list[Problem] = []
    try:
        catalogue: Catalogue = CATALOGUE.read(parsed.value, "", problems)
    except Unreadable:
        raise _located(problems, parsed) from None
    problems += incoherences(catalogue)
    if problems:
        raise _located(problems, parsed)
    return catalogue


def _located(problems: list[Problem], parsed: Parsed) -> CatalogueError:
    return CatalogueError(
        [FileProblem(parsed.line_of(problem.path), problem.path, problem.message) for problem in problems]
    )


def _decoded(raw: bytes) -> str:
    """The text of the file. A UTF-8 mark is accepted: common editors add one."""
    if len(raw) > LARGEST:
        raise Malformed(
            1, "", _("Le fichier dépasse un mégaoctet : ce n’est pas un catalogue écrit à la main.")
        )
    if raw.startswith(OTHER_MARKS):
        raise Malformed(1, "", _("Le fichier est en UTF-16. Enregistrez-le en UTF-8."))
    try:
        return raw.removeprefix(UTF_8_MARK).decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = _("Un caractère n’est pas lisible. Enregistrez le fichier en UTF-8.")
        raise Malformed(line, "", message) from None
