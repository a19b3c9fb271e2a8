"""Log lines that a visitor cannot forge, and that hold no secret link."""

import logging
import re

#: The secret that follows a word of our addresses: whoever reads a log must not be able to accept a quote.
SECRET = re.compile(r"(/(?:devis|vote|lien|cahier-des-charges|key)/)[^/\s?\"]{20,}")


class OneLineFormatter(logging.Formatter):
    """One event, one line: line breaks in a message are written as `\\n` (no forged entry); secrets as `…`."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - name given by logging
        line = SECRET.sub(r"\1…", super().formatMessage(record))
        return line.replace("\r", "\\r").replace("\n", "\\n")
