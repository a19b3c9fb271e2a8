"""What the board adds to the lower apps, told once in `ready()`."""

from billing.board import mails, story
from billing.board.demonstration import boards_that_decide
from hosters.demonstration import register_story


def register() -> None:
    """Add its mails, its place in the story of an organisation and its scenes of the demonstration."""
    mails.register()
    story.register()
    register_story(boards_that_decide)
