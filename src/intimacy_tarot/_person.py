"""People in a reading: how each is named first, and spoken of after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from intimacy_tarot._errors import PersonError
from intimacy_tarot._template import cap_first

Pronouns = Literal["they", "she", "he"]

MOST_NAME: Final = 60
MOST_QUESTION: Final = 500

_FORMS: Final = {"they": ("they", "them", "their"), "she": ("she", "her", "her"), "he": ("he", "him", "his")}
PRONOUNS: Final = tuple(_FORMS)
_NO_CHARACTERS: Final = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))

UNFIT: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    f"{_NO_CHARACTERS}]"
)
"""What no person's words hold: controls, ends of lines, direction marks, and codes that are no characters."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a reading: a name, one to 60 characters on a line, and pronouns they, she or he.

    Raises PersonError for a name that is empty, too long or holds control or direction marks; the error says
    nothing of the name but that.

    >>> Person("Robin")
    Person(name='Robin', pronouns='they')
    """

    name: str
    pronouns: Pronouns = "they"

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", one_line(self.name, "a name", MOST_NAME))
        if self.pronouns not in PRONOUNS:
            raise PersonError("found other pronouns, expected they, she or he")


def one_line(text: object, what: str, most: int) -> str:
    """Return a text of one clean line, its spaces evened out.

    Raises PersonError if it is no text, empty, too long, or holds control or direction marks.
    """
    if not isinstance(text, str):
        raise PersonError(f"found {type(text).__name__} for {what}, expected a str")
    if unfit := UNFIT.search(text.strip()):
        raise PersonError(f"found U+{ord(unfit[0]):04X} in {what}, expected one line of printable text")
    clean = " ".join(text.split(maxsplit=most))  # more words than that are too long in any case
    if not 0 < len(clean) <= most:
        raise PersonError(f"found {len(clean)} characters in {what}, expected 1 to {most}")
    return clean


def person(who: str | Person | None) -> Person | None:
    """Return a person for a name, a person or nothing."""
    return who if who is None or isinstance(who, Person) else Person(who)


class Mention:
    """One person through one passage: named at the first mention, a pronoun at later ones.

    >>> robin = mention_of(Person("Robin"))
    >>> f"{robin.Subj} may be tired; {robin.subj} may want company"
    'Robin may be tired; they may want company'
    """

    def __init__(self, first: tuple[str, str, str], later: tuple[str, str, str]) -> None:
        self._first = first
        self._later = later
        self._named = False

    def _say(self, case: int) -> str:
        forms = self._later if self._named else self._first
        self._named = True
        return forms[case]

    @property
    def subj(self) -> str:
        """The subject: "Robin", then "they"; a modal follows, so that the verb fits any of them."""
        return self._say(0)

    @property
    def obj(self) -> str:
        """The object: "Robin", then "them"."""
        return self._say(1)

    @property
    def poss(self) -> str:
        """The possessive: "Robin's", then "their"."""
        return self._say(2)

    @property
    def Subj(self) -> str:  # noqa: N802  the capital is the meaning
        """The subject at the head of a sentence."""
        return cap_first(self.subj)

    @property
    def Obj(self) -> str:  # noqa: N802
        """The object at the head of a sentence."""
        return cap_first(self.obj)

    @property
    def Poss(self) -> str:  # noqa: N802
        """The possessive at the head of a sentence."""
        return cap_first(self.poss)


def mention_of(partner: Person | None) -> Mention:
    """Return the partner, named or not, for one passage."""
    if partner is None:
        return Mention(("your partner", "your partner", "your partner's"), _forms("they"))
    return Mention((partner.name, partner.name, f"{partner.name}'s"), _forms(partner.pronouns))


def mention_of_reader() -> Mention:
    """Return the reader, who is "you" throughout."""
    return Mention(("you", "you", "your"), ("you", "you", "your"))


def mention_of_both() -> Mention:
    """Return the couple for one passage."""
    return Mention(("the two of you", "either of you", "your"), ("both of you", "either of you", "your"))


def mention_of_either() -> Mention:
    """Return one of the couple as seen from the other, where it may be either of them."""
    either = ("the other", "the other", "the other's")
    return Mention(either, either)


def _forms(pronouns: str) -> tuple[str, str, str]:
    subject, obj, possessive = _FORMS[pronouns]
    return subject, obj, possessive
