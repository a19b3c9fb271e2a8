"""Tables as real spreadsheets write them, ugliness included; what leaves is never a formula."""

import csv
import io

import pytest

from crm.spreadsheets import MOST_LINES, NotATable, clean_cell, read_table, safe_cell, write_csv

ROW = ["Les Amis du lavoir", "Zoé", "zoe@lavoir.example"]


def text(delimiter: str, newline: str = "\r\n") -> str:
    return newline.join(delimiter.join(cells) for cells in (["Structure", "Nom", "E-mail"], ROW)) + newline


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_any_encoding_and_delimiter_is_read(delimiter: str, encoding: str, newline: str) -> None:
    table = read_table(text(delimiter, newline).encode(encoding))
    assert table.header == ["Structure", "Nom", "E-mail"]
    assert table.rows == [(2, ROW)]


def test_line_sep_of_excel_is_not_a_title() -> None:
    assert read_table(b"sep=,\r\n" + text(",").encode()).header[0] == "Structure"


def test_commas_inside_a_quoted_cell_do_not_separate() -> None:
    table = read_table(b'Structure;Adresse\n"Amis; ""du"" lavoir";"1, rue, du, Chat"\n')
    assert table.rows[0][1] == ['Amis; "du" lavoir', "1, rue, du, Chat"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_line_break_inside_a_cell_is_of_the_cell(encoding: str) -> None:
    """Excel writes them in quotes; the number of a line is the one that the spreadsheet shows."""
    text = 'Structure\tNote\r\nLavoir\t"première\nseconde ligne, « là »"\r\nHalle\tx\r\n'
    table = read_table(text.encode(encoding))
    assert table.rows == [(2, ["Lavoir", "première\nseconde ligne, « là »"]), (3, ["Halle", "x"])]


def test_two_columns_of_one_title_stay_two() -> None:
    table = read_table(b"Nom;Nom;\nA;B;C\n")
    assert table.header == ["Nom", "Nom", "colonne 3"] and table.rows == [(2, ["A", "B", "C"])]


def test_fifty_thousand_lines_are_read() -> None:
    content = b"Structure;Nom\n" + b"".join(b"Asso %d;Zo\n" % number for number in range(MOST_LINES))
    assert len(read_table(content).rows) == MOST_LINES == 50_000


def test_blank_lines_count_in_the_numbers_but_are_left_out() -> None:
    table = read_table(b"\n;;\nStructure;Nom\n\n;\nA;b\n")
    assert [number for number, _cells in table.rows] == [6]


def test_short_and_long_lines_have_one_width() -> None:
    table = read_table(b"Structure;Nom\nA\nB;c;d\n")
    assert [len(cells) for _number, cells in table.rows] == [3, 3]
    assert table.header[2] == "colonne 3"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("'0612345678", "0612345678"),
        ('="01000"', "01000"),
        ("'=1+1", "=1+1"),
        ("\xa0Lyon\u202f ", "Lyon"),
        ("l'asso", "l'asso"),
        ("'t Hooft", "'t Hooft"),
        ("a\x00b\x1b", "ab"),
    ],
)
def test_habits_of_spreadsheets_are_undone(typed: str, read: str) -> None:
    assert clean_cell(typed) == read


@pytest.mark.parametrize("value", ["=HYPERLINK(1)", "+33612345678", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_cell_leaves_as_a_formula_and_comes_back_whole(value: str) -> None:
    assert safe_cell(value) == f"'{value}"
    assert clean_cell(safe_cell(value)) == value


def test_what_is_written_is_read_back() -> None:
    records = [["Structure", "Nom"], ['Amis; "du" lavoir', "=Zoé"]]
    written = "".join(write_csv(records)).encode()
    assert written.startswith(b"\xef\xbb\xbf")
    assert read_table(written).rows[0][1] == records[1]
    assert next(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";")) == records[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ligne de titres"),
        (b"Structure;Nom\n", "au moins une ligne"),
        (b"PK\x03\x04xlsx", "classeur"),
        (b"\xd0\xcf\x11\xe0xls", "classeur"),
        (b"%PDF-1.7", "PDF"),
        (b"a\n" * (MOST_LINES + 2), "50 000"),
        (b";".join([b"a"] * 61) + b"\nb\n", "soixante"),
        (b'A;B\n"' + b"x" * 200_000, "guillemet"),
        (b"\xff\xfe\x00", "titres"),
        (bytes(range(256)) * 3, ""),
    ],
)
def test_what_is_no_table_says_what_to_do(content: bytes, said: str) -> None:
    try:
        read_table(content)
    except NotATable as wrong:
        assert said in str(wrong)
    else:
        assert said == ""
