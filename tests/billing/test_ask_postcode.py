"""The postcode of a French association, and the message beside the box left unticked."""

import pytest

from billing.forms import AskForm, MandateForm

TYPED = {
    "organization": "Les Amis du lavoir", "street": "3 place du Marché", "postcode": "69003", "town": "Lyon",
    "country": "FR", "name": "Dominique Petit", "email": "dominique@lavoir.example",
    "key": "7f1b0c52-6f0e-4a53-9a3b-4f8a4a1c8d10",
}  # fmt: skip


@pytest.mark.parametrize("postcode", ["69003", "69 003", "01000", "20000", "97400", "98800"])
def test_french_postcode(postcode: str) -> None:
    form = AskForm(TYPED | {"postcode": postcode})
    assert form.is_valid()
    assert form.organization_details().postcode == postcode.replace(" ", "")


@pytest.mark.parametrize("postcode", ["abc", "6900", "690034", "00000", "99000", "6900A", "６９００３"])
def test_no_french_postcode(postcode: str) -> None:
    form = AskForm(TYPED | {"postcode": postcode})
    assert not form.is_valid()
    assert "postcode" in form.errors


@pytest.mark.parametrize(("country", "postcode"), [("BE", "1000"), ("CH", "1200"), ("LU", "L-1234")])
def test_postcode_from_abroad(country: str, postcode: str) -> None:
    assert AskForm(TYPED | {"country": country, "postcode": postcode}).is_valid()


def test_telephone_opens_the_keyboard_of_telephones() -> None:
    assert 'type="tel"' in str(AskForm()["phone"])


def test_unticked_mandate_says_what_to_do_beside_the_box() -> None:
    form = MandateForm({"name": "Dominique", "role": "Trésorière"})
    assert "transmettez le devis à la personne qui l’a" in str(form["mandated"].errors)
    assert "aria-invalid" in str(form["mandated"])
