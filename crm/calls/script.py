"""A guide as people write it, and the way through it.

    1. Qui décide chez vous ?
    Conseil : laissez parler, notez les prénoms.
    Critère : La personne décide
    - le bureau -> 2
    - le CA, en réunion -> 3
    - je ne sais pas -> fin

A line that begins with a number asks; « Conseil : » helps whoever calls; « Critère : » names the question of
qualification that the answer is one to; a line that begins with a dash is an answer
and says which question comes next, or « fin ». A guide begins at its first question.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

QUESTION = re.compile(r"(\d{1,3})\s*[.)]\s+(.+)")
ANSWER = re.compile(r"[-–•]\s*(.+?)\s*(?:->|→|=>)\s*(\d{1,3}|fin)\s*$", re.IGNORECASE)
CRITERION = re.compile(r"crit[èe]re\s*:\s*(.+)", re.IGNORECASE)
ADVICE = re.compile(r"conseil\s*:\s*(.+)", re.IGNORECASE)
LONGEST_WAY = 60
END = 0


class BadScript(Exception):
    """The text is no guide; the message says which line and why, in French."""


@dataclass(frozen=True)
class Answer:
    """Words, and the number of the question that follows; 0 at the end."""

    words: str
    leads_to: int


@dataclass
class Question:
    """What to ask, what helps, the criterion that it tells of or "", and the answers."""

    number: int
    words: str
    advice: str = ""
    criterion: str = ""
    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True)
class Way:
    """How far a call is: what was answered, and the question to ask now; None at the end."""

    said: list[tuple[Question, Answer]]
    now: Question | None

    @property
    def summary(self) -> str:
        """The note of the call, one line for each answer."""
        return "\n".join(f"{question.words} {answer.words}" for question, answer in self.said)


def read_script(text: str) -> dict[int, Question]:
    """The questions by number, in the order of the text.

    Raises:
        BadScript: a line that is neither a question nor an answer, a number twice, an answer that leads nowhere, a
            question without answer.
    """
    questions: dict[int, Question] = {}
    current: Question | None = None
    for number, line in enumerate((line.strip() for line in text.splitlines()), start=1):
        if not line:
            continue
        if found := QUESTION.fullmatch(line):
            current = Question(int(found[1]), found[2])
            if current.number in questions or not current.number:
                raise BadScript(
                    _("Ligne %(line)s : la question %(number)s existe déjà.") % _at(number, current)
                )
            questions[current.number] = current
        elif current is None:
            raise BadScript(_("Ligne %(line)s : commencez par une question, « 1. … ».") % {"line": number})
        elif found := ANSWER.fullmatch(line):
            leads_to = END if found[2].lower() == "fin" else int(found[2])
            current.answers.append(Answer(found[1], leads_to))
        elif found := ADVICE.fullmatch(line):
            current.advice = found[1]
        elif found := CRITERION.fullmatch(line):
            current.criterion = found[1]
        else:
            raise BadScript(
                _(
                    "Ligne %(line)s : une réponse s’écrit « - ses mots -> numéro de la question suivante, ou fin »."
                )
                % {"line": number}
            )
    _check(questions)
    return questions


def _at(line: int, question: Question) -> dict[str, int]:
    return {"line": line, "number": question.number}


def _check(questions: dict[int, Question]) -> None:
    if not questions:
        raise BadScript(_("Il manque une question, « 1. … »."))
    for question in questions.values():
        if not question.answers:
            raise BadScript(_("La question %(number)s n’a pas de réponse.") % {"number": question.number})
        for answer in question.answers:
            if answer.leads_to != END and answer.leads_to not in questions:
                raise BadScript(
                    _("La réponse « %(words)s » mène à la question %(number)s, qui n’existe pas.")
                    % {"words": answer.words, "number": answer.leads_to}
                )


def walk(questions: dict[int, Question], chosen: list[int]) -> Way:
    """Follow the answers, by their place in each question (from 0); a place that does not exist stops there."""
    now: Question | None = next(iter(questions.values()))
    said: list[tuple[Question, Answer]] = []
    for place in chosen[:LONGEST_WAY]:
        if now is None or not 0 <= place < len(now.answers):
            break
        answer = now.answers[place]
        said.append((now, answer))
        now = questions.get(answer.leads_to)
    return Way(said, now)
