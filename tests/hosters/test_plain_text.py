"""What somebody wrote in Markdown, read in a mail without HTML."""

import pytest

from hosters.plain_text import plain_text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("## Novembre\n\nBonjour **à tous** et *merci*.", "Novembre\n--------\n\nBonjour à tous et merci."),
        ("Un [récit](https://exemple.org/r_1_2).", "Un récit (https://exemple.org/r_1_2)."),
        ("<https://exemple.org/a_b>", "https://exemple.org/a_b"),
        ("![Un chat](https://exemple.org/x.png)", "Un chat"),
        (
            "- un\n- deux\n  - dedans\n\n3. trois\n4. quatre",
            "- un\n- deux\n  - dedans\n\n3. trois\n4. quatre",
        ),
        ("> cité\n> encore", "> cité\n> encore"),
        ("<b>x</b> 3 * 4", "<b>x</b> 3 * 4"),
        ("", ""),
    ],
)
def test_no_sign_of_the_markup_is_left(typed: str, read: str) -> None:
    assert plain_text(typed) == read
