"""Icons are drawn once, and stay what the package draws."""

from django.template import Context, Template
from lucide.templatetags import lucide as package

from hosters import icons


def drawn(label: str) -> str:
    template = Template("{% load lucide %}{% lucide 'cat' size=18 aria_label=label %}")
    return template.render(Context({"label": label}))


def test_icon_is_that_of_the_package_drawn_once() -> None:
    tag = icons.register.tags["lucide"]
    assert Template("{% load lucide %}").engine.template_libraries["lucide"].tags["lucide"] is tag
    hostile = '"><script>'
    first, again = drawn(hostile), drawn(hostile)
    assert first == again == package.lucide("cat", size=18, aria_label=hostile)
    assert "<script>" not in first and drawn("Un chat") != first
