"""What can go wrong, as data and as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, and in it a line and a column, both counted from 1.

    >>> str(Place("deck.yaml", 8, 11))
    'deck.yaml:8:11'
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of some content: what was found, what was expected, and where.

    `code` is stable and short ("unknown-key"); `path` leads to the value inside the file
    ("upright.need"); `hint` holds the nearest guess, or nothing. An `error` keeps the content
    from being used, a `warning` does not.

    >>> print(Problem("wrong-type", Place("d.yaml", 2, 5), "care", "found 'x', expected a whole number"))
    d.yaml:2:5: found 'x', expected a whole number (at care)
    """

    code: str
    place: Place
    path: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        at = f" (at {self.path})" if self.path else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.place}: {self.message}{at}{hint}"


class TarotError(Exception):
    """The base of every error this library raises; `problems` holds what is wrong as data."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems: tuple[Problem, ...] = tuple(problems)

    def __reduce__(self) -> tuple[type[TarotError], tuple[str, tuple[Problem, ...]]]:
        return type(self), (str(self), self.problems)


class ContentError(TarotError, ValueError):
    """A deck, a spread or another file of content has faults; all of them are in `problems`."""


class UnknownIdError(TarotError, LookupError):
    """No deck, spread or card goes by that id or name."""


class CardError(TarotError, ValueError):
    """A card's name cannot be read, could be several cards, or was laid twice."""


class DrawError(TarotError, ValueError):
    """A draw was asked for that cannot be made: too many cards, or a rate outside 0 to 1."""


class SeedTypeError(TarotError, TypeError):
    """A seed is of a type that is refused."""


class SeedValueError(TarotError, ValueError):
    """A seed is of the right type and still cannot be used."""


class PersonError(TarotError, ValueError):
    """A name, a pronoun or a question cannot be used as it is."""


class StyleError(TarotError, LookupError):
    """There is no style or palette of that name."""


class RecordError(TarotError, ValueError):
    """A saved reading cannot be read back; all its faults are in `problems`."""


def shown(value: object) -> str:
    """Return a value as Python writes it, or what it is where it has more digits than Python writes.

    >>> shown(1.5)
    '1.5'
    """
    try:
        return repr(value)
    except ValueError:
        return f"a very long {type(value).__name__}"


def guess(found: str, known: Iterable[str]) -> str:
    """Return "did you mean …?" for the likeliest known word, or nothing.

    >>> guess("cup", ["cups", "swords"])
    "did you mean 'cups'?"
    """
    import difflib  # noqa: PLC0415  slow to import, and only needed when something is wrong

    close = difflib.get_close_matches(found[:80], list(known), n=1)
    return f"did you mean {close[0]!r}?" if close else ""


def nearest(found: str, known: Iterable[str]) -> str:
    """Return the likeliest known word, or else the words there are.

    >>> nearest("x", ["cups", "swords"])
    'known: cups, swords'
    """
    words = list(known)
    return guess(found, words) or f"known: {', '.join(words)}"


def content_error(problems: Iterable[Problem]) -> ContentError:
    """Return one error whose text lists every problem on a line of its own."""
    found = sorted(problems, key=lambda problem: problem.place)
    return ContentError("\n".join(map(str, found)), found)
