"""A plan as data: what a reading will say, passage by passage, before a word is composed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from intimacy_tarot._dealing import Dealing
from intimacy_tarot._models import ThemeId, Voice
from intimacy_tarot._spread import Owner
from intimacy_tarot._thread import Thread

if TYPE_CHECKING:
    from collections.abc import Sequence

Names: TypeAlias = tuple[tuple[str, str], ...]

_TAG: Final = re.compile(r"\{\{-?\s*(\w+\.\w+)[^}]*\}\}|\{%.*?%\}")
_ANY_TAG: Final = re.compile(r"\{[{%].*?[%}]\}")
_NAME: Final = re.compile(r"(\w+)\s*\.\s*(\w+)")


class Kind(StrEnum):
    """What a reading is: an ordinary one, one for the reader alone, or none, with help in its place."""

    READING = "reading"
    SOLO = "solo"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the synthesis looks at: an `axis`, a `motif` or a `family`, its id, and the positions it is seen at."""

    kind: str
    id: str
    positions: tuple[str, ...]
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A passage that will be printed: where its text stands, and everything needed to fill it in."""

    kind: str
    file: str
    key: str
    text: str
    names: Names = ()
    owner: Owner | None = None
    theme: ThemeId | None = None
    voice: Voice | None = None
    sign: str | None = None

    @property
    def words(self) -> int:
        """How many words it will come to; a person is counted as two."""
        return words_of(self.text, self.names)


def words_of(text: str, names: Names) -> int:
    """Return how many words a wording comes to once its names are filled in.

    >>> words_of("Begin from {{ window.gift }}, if you like.", (("window.gift", "a slow hand"),))
    8
    """
    said = dict(names)
    return len(_TAG.sub(lambda tag: said.get(tag[1] or "", "a person" if tag[1] else ""), text).split())


def used_names(text: str) -> set[str]:
    """Return the names with their attributes that a wording fills in.

    >>> sorted(used_names("{{ most.one | cap_first }}, and {{ most.two }}."))
    ['most.one', 'most.two']
    """
    return {f"{name}.{attribute}" for tag in _ANY_TAG.findall(text) for name, attribute in _NAME.findall(tag)}


def used_of(names: Sequence[tuple[str, str]], text: str) -> Names:
    """Return those of the names that a wording uses.

    >>> used_of([("window.gift", "a slow hand"), ("wall.snag", "a closed face")], "There may be {{ window.gift }}.")
    (('window.gift', 'a slow hand'),)
    """
    used = used_names(text)
    return tuple((name, said) for name, said in names if name in used)


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A part of a reading to come: its kind, its heading, its passages, the position and card it is about."""

    kind: str
    heading: str | None
    passages: tuple[Planned, ...]
    position: str | None = None
    card: str | None = None

    @property
    def words(self) -> int:
        """How many words the section will come to, its heading and the card's name included."""
        heading = words_of(self.heading or "", ()) + len((self.card or "").split())
        return heading + sum(passage.words for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a reading says: its thread, what it looks at, and every passage in order.

    Printing it shows the decisions; the passages are in `sections`.
    """

    thread: Thread
    seen: Seen | None
    sections: tuple[PlannedSection, ...]
    kind: Kind = Kind.READING
    heard: ThemeId | None = None
    """The theme that the reader's own question names, if the reading turns towards one."""
    dealing: Dealing | None = None
    """The matter that the cards deal with alike or otherwise, where the end tells one."""

    def __str__(self) -> str:
        lines = [] if self.kind is Kind.READING else [f"kind: {self.kind}"]
        lines += [f"thread: {self.thread.theme}, {self.thread.line} ({', '.join(self.thread.positions)})"]
        if self.heard:
            lines.append(f"heard: {self.heard}")
        if self.seen:
            lines.append(f"seen: {self.seen.kind} {self.seen.id} {self.seen.pattern or ''}".rstrip())
        if self.dealing:
            lines.append(f"dealing: {self.dealing}")
        lines += [
            f"{section.kind}{'.' + section.position if section.position else ''}: {passage.file}#{passage.key}"
            for section in self.sections
            for passage in section.passages
        ]
        return "\n".join(lines)
