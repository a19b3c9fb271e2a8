"""The glossary, within reach of every template."""

from django.http import HttpRequest

from offers.glossary.explaining import PageGlossary


def glossary(request: HttpRequest) -> dict[str, object]:
    """A new one for each page: words explain themselves once on each."""
    return {"glossary": PageGlossary()}
