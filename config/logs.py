"""Log lines that a visitor cannot forge."""

import logging


class OneLineFormatter(logging.Formatter):
    """One event, one line: line breaks in a message are written as `\\n` (no forged entry)."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - name given by logging
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")
