"""A file dropped, its columns told, tried line by line, written by workers, its refusals taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from crm.erasure import erase_person
from crm.importing import reading
from crm.importing.columns import guess
from crm.importing.files import abandon, counts, drop_file, progress, refused_csv, start_trial, start_writing
from crm.importing.rows import Refused, read_row
from crm.models import (
    Consent,
    Contact,
    ContactImport,
    Erasure,
    ImportLine,
    ImportSource,
    Organization,
    StageChange,
    Suppression,
)
from crm.suppression import suppress
from crm.tasks import import_chunk_task
from hosters.models import Hoster, Role, User, Work
from tests.factories import make_staff
from tests.pages import words

SignIn = Callable[[User], Client]
HEADER = "Structure;Code postal;Commune;Nom;E-mail;Téléphone;Fonction;Rencontrée le"
LAVOIR = "Les Amis du lavoir;1000;Bourg;Zoé;ZOE@lavoir.example;612345678;Trésorière;21/11/2026"


def dropped(hoster: Hoster, *lines: str, header: str = HEADER) -> ContactImport:
    return drop_file(hoster=hoster, name="salon.csv", content="\n".join([header, *lines]).encode(), by=None)


def tried(hoster: Hoster, *lines: str, carries_down: bool = False, header: str = HEADER) -> ContactImport:
    file = dropped(hoster, *lines, header=header)
    start_trial(file=file, mapping=file.mapping, origin="salon 2026", carries_down=carries_down)
    work(file)
    return file


def written(hoster: Hoster, *lines: str, **options: Any) -> ContactImport:
    file = tried(hoster, *lines, **options)
    assert start_writing(file=file)
    work(file)
    return file


def work(file: ContactImport) -> None:
    while pks := list(file.chunks.filter(state=Work.State.QUEUED).values_list("pk", flat=True)):
        for pk in pks:
            import_chunk_task(pk)
    file.refresh_from_db()


def verdicts(file: ContactImport) -> list[str]:
    return list(file.lines.order_by("number").values_list("verdict", flat=True))


def test_trial_writes_nothing_and_says_everything(artifaille: Hoster) -> None:
    file = tried(artifaille, LAVOIR, ";;;Sans structure;x@example.org;;;", "Asso;;;Zoé;pas une adresse;;;")
    assert not Organization.objects.exists() and not Contact.objects.exists()
    assert verdicts(file) == ["created", "refused", "refused"]
    assert [line.reason for line in file.lines.all()][1] == "Il manque le nom de la structure."
    assert [count for _code, _label, count in counts(file)] == [1, 2]


def test_written_line_is_an_organisation_and_a_person_with_their_origin(artifaille: Hoster) -> None:
    """002-182: the origin is required; 004-006: coordinates only, which are no interest."""
    written(artifaille, LAVOIR)
    contact = Contact.objects.select_related("organization").get()
    organization = contact.organization
    assert (organization.name, organization.postcode, organization.town) == (
        "Les Amis du lavoir",
        "01000",
        "Bourg",
    )
    assert (organization.source, organization.stage) == ("salon 2026", "contact")
    assert (contact.email, contact.phone, contact.role) == ("zoe@lavoir.example", "0612345678", "Trésorière")
    assert contact.last_inbound_at is not None and f"{contact.last_inbound_at:%Y-%m-%d}" == "2026-11-21"
    assert "salon 2026" in StageChange.objects.get().evidence
    assert not Consent.objects.exists()  # a line of a file is no consent (004-007)


def test_people_of_one_new_organisation_are_together(artifaille: Hoster) -> None:
    written(artifaille, "Lavoir;;;A;a@x.example;;;", "LAVOIR;;;B;b@x.example;;;", "Lavoir;;;;;;;")
    assert Organization.objects.count() == 1
    assert Contact.objects.count() == 2


def test_file_written_twice_changes_nothing(artifaille: Hoster) -> None:
    written(artifaille, LAVOIR)
    again = written(artifaille, LAVOIR)
    assert verdicts(again) == ["same"]
    assert (Organization.objects.count(), Contact.objects.count()) == (1, 1)


def test_what_is_known_is_completed_never_replaced(artifaille: Hoster) -> None:
    written(artifaille, "Les Amis du lavoir;;;Zoé Petit;zoe@lavoir.example;01 02;;")
    file = tried(artifaille, LAVOIR)
    assert (verdicts(file), file.lines.get().reason) == (
        ["completed"],
        "complète : fonction, code postal, commune",
    )
    written(artifaille, LAVOIR)
    contact = Contact.objects.get()
    assert (contact.name, contact.phone, contact.role) == ("Zoé Petit", "01 02", "Trésorière")
    assert contact.organization.town == "Bourg"


def test_same_line_twice_in_a_file_is_refused_with_its_number(artifaille: Hoster) -> None:
    file = tried(artifaille, LAVOIR, LAVOIR)
    assert verdicts(file) == ["created", "refused"]
    assert file.lines.last().reason == "Déjà à la ligne 2."


def test_person_known_elsewhere_is_told(artifaille: Hoster) -> None:
    written(artifaille, LAVOIR)
    file = tried(artifaille, "La Fanfare;;;Zoé;zoe@lavoir.example;;;")
    assert "déjà connue chez Les Amis du lavoir" in file.lines.get().reason


def test_person_who_objected_is_not_brought_back(artifaille: Hoster) -> None:
    """GDPR-05: the list still blocks after the person was erased."""
    written(artifaille, LAVOIR)
    erase_person(contact=Contact.objects.get(), cause=Erasure.Cause.ASKED)
    assert not ImportLine.objects.exists()
    file = written(artifaille, LAVOIR)
    assert verdicts(file) == ["refused"]
    assert not Contact.objects.filter(erased_at=None).exists()
    suppress(hoster=artifaille, address="a@x.example", cause=Suppression.Cause.OPPOSED)
    assert verdicts(tried(artifaille, "A;;;A;A@x.example;;;")) == ["refused"]


def test_erasing_a_person_forgets_the_lines_about_them(artifaille: Hoster) -> None:
    file = written(artifaille, LAVOIR, "Autre;;;B;b@x.example;;;")
    erase_person(contact=Contact.objects.get(name="Zoé"), cause=Erasure.Cause.ASKED)
    assert [line.cells[3] for line in file.lines.all()] == ["B"]


def test_merged_cells_carry_the_organisation_down(artifaille: Hoster) -> None:
    lines = ["Lavoir;;;A;a@x.example;;;", ";;;B;b@x.example;;;"]
    assert verdicts(tried(artifaille, *lines)) == ["created", "refused"]
    written(artifaille, *lines, carries_down=True)
    assert Contact.objects.filter(organization__name="Lavoir").count() == 2


def test_columns_are_guessed_and_remembered(artifaille: Hoster) -> None:
    assert guess(["Nom de l’association", "CP", "Ville", "Prénom", "NOM", "Courriel", "Portable", "???"]) == [
        *("organization", "postcode", "town", "first_name", "name", "email", "phone", ""),
    ]
    file = dropped(artifaille, "a;b", header="X;Y")
    assert file.mapping == ["", ""]
    start_trial(file=file, mapping=["organization", "town"], origin="mairie", carries_down=False)
    again = dropped(artifaille, "c;d", header="X;Y")
    assert (again.mapping, again.origin) == (["organization", "town"], "mairie")


def test_known_columns_of_another_hoster_are_not_remembered(artifaille: Hoster, other: Hoster) -> None:
    from django_scopes import scope

    file = dropped(artifaille, "a;b", header="X;Y")
    start_trial(file=file, mapping=["organization", "town"], origin="mairie", carries_down=False)
    with scope(hoster=other):
        assert dropped(other, "c;d", header="X;Y").mapping == ["", ""]


@pytest.mark.parametrize(
    ("kind", "cell", "read"),
    [
        ("postcode", "69001.0", "69001"),
        ("postcode", "1000", "01000"),
        ("siren", "732 829 320", "732829320"),
        ("siren", "73282932000074", "732829320"),
        ("rna", "w69 1234567", "W691234567"),
    ],
)
def test_harmed_number_is_mended(kind: str, cell: str, read: str) -> None:
    assert read_row(["A", cell], ["organization", kind]).organization[kind] == read


@pytest.mark.parametrize("cell", ["45982", "45982.0", "2025-11-21", "21/11/2025", "21/11/25", "21.11.2025"])
def test_date_is_read_as_spreadsheets_write_it(cell: str) -> None:
    assert str(read_row(["A", cell], ["organization", "met_on"]).met_on) == "2025-11-21"


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        ("phone", "6,12345E+08", "abîmé"),
        ("siren", "123456789", "SIREN"),
        ("met_on", "bientôt", "22/11/2026"),
        ("met_on", "31/02/2026", "22/11/2026"),
        ("organization", "", "nom de la structure"),
        ("town", "x" * 81, "trop long"),
        ("name", "Sans adresse", "adresse e-mail"),
        ("postcode", "<b>", "code postal"),
    ],
)
def test_wrong_cell_says_what_to_write(kind: str, cell: str, said: str) -> None:
    mapping = [kind] if kind == "organization" else ["organization", kind]
    with pytest.raises(Refused, match=said):
        read_row(["A", cell][-len(mapping) :], mapping)


def test_refused_lines_are_taken_away_with_why(artifaille: Hoster) -> None:
    file = tried(artifaille, LAVOIR, "=1+1;;;x;pas une adresse;;;")
    text = "".join(refused_csv(file))
    assert "Pourquoi" in text and "'=1+1" in text and "Les Amis" not in text


def test_worker_that_dies_loses_nothing(artifaille: Hoster) -> None:
    file = tried(artifaille, LAVOIR)
    assert start_writing(file=file)
    assert progress(file)["left"] == 1
    work(file)
    work(file)
    assert progress(file) == {"total": 1, "left": 0, "failed": 0, "share": 100}
    assert Contact.objects.count() == 1


def test_long_file_is_read_by_workers(
    artifaille: Hoster, alix: User, signed_in: SignIn, monkeypatch: Any
) -> None:
    """The page that takes a file keeps three lines of it; workers read the others, some at a time (issue 7, 9)."""
    monkeypatch.setattr(reading, "LINES_AT_ONCE", 4)
    file = dropped(artifaille, *(f"Asso {number};;;Zoé;zoe{number}@a.example;;;" for number in range(12)))
    assert [line.number for line in file.lines.all()] == [2, 3, 4]
    start_trial(file=file, mapping=file.mapping, origin="salon", carries_down=False)
    import_chunk_task(file.chunks.get().pk)
    assert not start_writing(file=file)
    assert "7 lignes lues" in words(signed_in(alix).get(file.get_absolute_url()))
    work(file)
    assert [line.number for line in file.lines.all()] == list(range(2, 14))
    assert verdicts(file) == ["created"] * 12 and not ImportSource.objects.exists()
    assert progress(file) == {"total": 1, "left": 0, "failed": 0, "share": 100}
    assert start_writing(file=file)
    work(file)
    assert Contact.objects.count() == 12


def test_file_that_no_worker_could_read_is_not_written(artifaille: Hoster) -> None:
    file = dropped(artifaille, LAVOIR)
    start_trial(file=file, mapping=file.mapping, origin="salon", carries_down=False)
    file.chunks.update(state=Work.State.FAILED)
    assert not start_writing(file=file)


def test_person_erased_is_in_no_file_still_to_be_read(artifaille: Hoster) -> None:
    """GDPR-06: an erased address does not come back from a file that waits."""
    zoe = "Lavoir;;;Zoé;zoe@lavoir.example;;;"
    written(artifaille, zoe)
    others = (f"Asso {number};;;X;x{number}@a.example;;;" for number in range(4))
    waiting = dropped(artifaille, *others, zoe)
    erase_person(contact=Contact.objects.get(), cause=Erasure.Cause.ASKED)
    assert not ImportSource.objects.exists()
    cells = list(waiting.lines.values_list("cells", flat=True))
    assert len(cells) == 4 and "zoe@lavoir.example" not in str(cells)


def test_writing_waits_for_the_trial_and_happens_once(artifaille: Hoster) -> None:
    file = dropped(artifaille, LAVOIR)
    assert not start_writing(file=file)
    start_trial(file=file, mapping=file.mapping, origin="salon", carries_down=False)
    assert not start_writing(file=file)
    work(file)
    assert start_writing(file=file)
    assert not start_writing(file=file)
    work(file)
    start_trial(file=file, mapping=file.mapping, origin="autre", carries_down=False)
    file.refresh_from_db()
    assert file.origin == "salon"
    abandon(file=file)
    assert Contact.objects.exists() and not ImportLine.objects.exists()


class TestScreens:
    def post(self, staff: Client, content: bytes, name: str = "salon.csv") -> Any:
        upload = SimpleUploadedFile(name, content, "text/csv")
        return staff.post("/gestion/imports/", {"file": upload}, follow=True)

    def test_file_is_dropped_told_tried_and_written(
        self, alix: User, artifaille: Hoster, signed_in: SignIn
    ) -> None:
        staff = signed_in(alix)
        page = self.post(staff, f"{HEADER}\n{LAVOIR}\n;;;x;;;;".encode("cp1252"))
        assert "Windows-1252, « ; »" in words(page)
        file = ContactImport.objects.get()
        told = {f"column_{index}": kind for index, kind in enumerate(file.mapping)}
        told["origin"] = "salon 2026"
        page = staff.post(f"/gestion/imports/{file.pk}/colonnes/", told, follow=True)
        assert "0 % fait" in words(page)
        work(file)
        page = words(staff.get(f"/gestion/imports/{file.pk}/"))
        assert "Rien n’est encore écrit" in page and "Nouvelle (1) Refusée (1)" in page
        staff.post(f"/gestion/imports/{file.pk}/ecrire/")
        work(file)
        assert "Les lignes acceptées sont écrites" in words(staff.get(f"/gestion/imports/{file.pk}/"))
        refused = staff.get(f"/gestion/imports/{file.pk}/refus/")
        assert "nom de la structure" in b"".join(refused.streaming_content).decode()
        assert "Les Amis du lavoir" in words(staff.get("/gestion/organisations/"))

    @pytest.mark.parametrize("origin", ["liste achetée", "fichier loué", "base de données Machin", ""])
    def test_bought_list_or_no_origin_is_refused(
        self, alix: User, artifaille: Hoster, signed_in: SignIn, origin: str
    ) -> None:
        """002-182: rented and bought lists are not to be used."""
        file = dropped(artifaille, LAVOIR)
        told = {f"column_{index}": kind for index, kind in enumerate(file.mapping)} | {"origin": origin}
        page = signed_in(alix).post(f"/gestion/imports/{file.pk}/colonnes/", told)
        assert page.status_code == 200 and not file.chunks.exists()
        assert ("ne s’importe pas" in words(page)) == bool(origin)

    def test_two_columns_of_one_kind_or_no_organisation_are_refused(
        self, alix: User, artifaille: Hoster, signed_in: SignIn
    ) -> None:
        file = dropped(artifaille, "a;b", header="X;Y")
        url = f"/gestion/imports/{file.pk}/colonnes/"
        staff = signed_in(alix)
        page = staff.post(url, {"column_0": "town", "column_1": "town", "origin": "mairie"})
        assert "gardez-en une" in words(page)
        assert "seule indispensable" in words(staff.post(url, {"column_0": "town", "origin": "mairie"}))
        assert staff.post(url, {"column_0": "hoster_id", "origin": "mairie"}).status_code == 200

    def test_file_is_forgotten_by_its_button_only(
        self, alix: User, artifaille: Hoster, signed_in: SignIn
    ) -> None:
        written(artifaille, LAVOIR)
        staff, url = signed_in(alix), f"/gestion/imports/{ContactImport.objects.get().pk}/oublier/"
        staff.post(url)
        assert ContactImport.objects.exists()
        assert "Ce qui était écrit reste" in words(staff.post(url, {"sure": "1"}, follow=True))
        assert not ContactImport.objects.exists() and Contact.objects.exists()

    def test_workbook_says_what_to_do(self, alix: User, signed_in: SignIn) -> None:
        page = self.post(signed_in(alix), b"PK\x03\x04", "salon.xlsx")
        assert "Enregistrer sous" in words(page) and not ContactImport.objects.exists()

    def test_hostile_cells_are_shown_as_text(self, alix: User, artifaille: Hoster, signed_in: SignIn) -> None:
        file = tried(artifaille, "<script>alert(1)</script>;;;<b>x;x@x.example;;;")
        page = signed_in(alix).get(f"/gestion/imports/{file.pk}/").content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page

    def test_accountants_do_not_import(self, artifaille: Hoster, signed_in: SignIn) -> None:
        staff = signed_in(make_staff(artifaille, Role.ACCOUNTANT))
        assert staff.get("/gestion/imports/").status_code == 403
        assert staff.get("/gestion/exports/organisations/").status_code == 403

    def test_export_is_read_back_by_the_import(
        self, alix: User, artifaille: Hoster, signed_in: SignIn
    ) -> None:
        written(artifaille, LAVOIR, "=HYPERLINK(1);;;Zoé;b@x.example;+33 6;;", "Seule;;;;;;;")
        answer = signed_in(alix).get("/gestion/exports/organisations/")
        content = b"".join(answer.streaming_content)
        assert "'=HYPERLINK(1)" in content.decode() and "Prospect" in content.decode()
        back = drop_file(hoster=artifaille, name="retour.csv", content=content, by=None)
        start_trial(file=back, mapping=back.mapping, origin="retour", carries_down=False)
        work(back)
        assert verdicts(back) == ["same", "same", "same"]

    def test_export_leaves_out_erased_people_and_other_hosters(
        self, alix: User, artifaille: Hoster, other: Hoster, signed_in: SignIn
    ) -> None:
        from django_scopes import scope

        with scope(hoster=other):
            written(other, "Ailleurs;;;Z;z@ailleurs.example;;;")
        written(artifaille, LAVOIR)
        staff = signed_in(alix)
        prefix = f"/chez/{artifaille.slug}/gestion/exports"
        cards = b"".join(staff.get(f"{prefix}/personnes/").streaming_content).decode()
        assert cards.count("BEGIN:VCARD") == 1 and "zoe@lavoir.example" in cards
        erase_person(contact=Contact.objects.get(), cause=Erasure.Cause.ASKED)
        for path in ("organisations", "personnes"):
            text = b"".join(staff.get(f"{prefix}/{path}/").streaming_content).decode()
            assert "effac" not in text and "ailleurs" not in text and "zoe" not in text
