"""vCard 4.0 out, any vCard in, and round trips with hostile text."""

import pytest

from crm.models import Contact, Organization
from crm.spreadsheets import read_table
from crm.vcards import write
from hosters.models import Hoster

HOSTILE = "Zoé; \\n, \r\nEND:VCARD\r\nEMAIL:pirate@example.org <b>é😺" + "long " * 30


def card(hoster: Hoster, **fields: str) -> Contact:
    organization = Organization.objects.create(
        hoster=hoster, name="Amis; du, lavoir", street="3 place", postcode="69003", town="Lyon"
    )
    values = {"name": "Zoé", "email": "zoe@lavoir.example", "role": "Trésorière", "phone": "+33 6 12"}
    return Contact.objects.create(organization=organization, **values | fields)


def test_card_is_read_back(artifaille: Hoster) -> None:
    [(_number, cells)] = read_table(write(card(artifaille)).encode()).rows
    assert cells == [
        *("Amis; du, lavoir", "Zoé", "Trésorière", "zoe@lavoir.example"),
        *("+33 6 12", "3 place", "69003", "Lyon"),
    ]


def test_hostile_name_stays_in_its_property(artifaille: Hoster) -> None:
    text = write(card(artifaille, name=HOSTILE[:80]))
    assert text.count("\r\nEND:VCARD\r\n") == 1
    assert "\r\nEMAIL:pirate" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    [(_number, cells)] = read_table(text.encode()).rows
    assert cells[3] == "zoe@lavoir.example" and "😺" in cells[1]


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCARD\nVERSION:3.0\nN:Petit;Zoé;;;\nORG:Le Lavoir;Bureau\nitem1.EMAIL;TYPE=INTERNET:zoe@x.example\n"
        "END:VCARD\n",
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9 P=\r\netit\r\n"
        "ORG:Le Lavoir\r\nEMAIL:zoe@x.example\r\nEND:VCARD\r\n",
        "begin:vcard\nversion:4.0\nfn:Zoé Pet\n it\norg:Le Lavoir\nemail:mailto:zoe@x.example\nend:vcard",
    ],
)
def test_cards_of_all_versions_are_read(text: str) -> None:
    [(_number, cells)] = read_table(text.encode()).rows
    assert cells[:4] == ["Le Lavoir", "Zoé Petit", "", "zoe@x.example"]


def test_several_cards_are_several_lines() -> None:
    one = "BEGIN:VCARD\nFN:A\nORG:B\nEND:VCARD\n"
    assert len(read_table((one * 3).encode()).rows) == 3
