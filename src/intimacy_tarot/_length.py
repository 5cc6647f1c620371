"""How long a reading may be, and what is left out of one that would be longer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from intimacy_tarot._planned import Planned, PlannedSection

MOST_WORDS: Final = 845
"""What a reading of up to six cards may come to, headings and footer included."""

MOST_CARDS: Final = 6
WORDS_A_CARD: Final = 90
"""What each card beyond the sixth adds to that: its picture, its passage, its heading, its line of theme."""

TITLE_WORDS: Final = 16
"""What its title and the reader's name may take of that."""

SPARED: Final = ("question", "frame", "bridge", "leaning", "theme", "hinge")
"""What can be left out for length, in this order.

Of questions only the last of three goes, and of the lines of themes the last ones. A frame that leans on an earlier
card goes after the others. What is rare stays.
"""

LEAST_THEMES: Final = 2
"""How many lines of the themes stay in any case, the thread among them."""


def most_words(cards: int) -> int:
    """Return how many words a reading of so many cards may come to.

    >>> most_words(1), most_words(6), most_words(10)
    (845, 845, 1205)
    """
    return MOST_WORDS + WORDS_A_CARD * max(0, cards - MOST_CARDS)


def unframed(section: PlannedSection) -> PlannedSection:
    """Return a section without its frame."""
    return replace(section, passages=tuple(it for it in section.passages if it.kind != "frame"))


def fitted(
    sections: list[PlannedSection], most: int = MOST_WORDS, lensed: Collection[str] = ()
) -> tuple[PlannedSection, ...]:
    """Return the sections within `most` words, without as many passages as it takes, each kind from the last back.

    At a position with a lens, a frame that stands for it stays.
    """
    over = sum(section.words for section in sections) + TITLE_WORDS - most
    for kind in SPARED:
        for here in range(len(sections) - 1, -1, -1):
            section = sections[here]
            while over > 0 and section.position not in lensed and (less := _without(section, kind)) != section:
                over += less.words - section.words
                sections[here] = section = less
    return tuple(sections)


def _without(section: PlannedSection, kind: str) -> PlannedSection:
    """Return a section without what can be left out under a kind."""
    if kind == "question":
        return asking_less(section)
    if kind == "theme":
        return _telling_less(section)
    return replace(section, passages=tuple(it for it in section.passages if _spared_as(it) != kind))


def asking_less(section: PlannedSection) -> PlannedSection:
    """Return the questions without the last of three; any other section as it is."""
    if section.kind != "questions" or len(section.passages) < 3:
        return section
    return replace(section, passages=section.passages[:2])


def _telling_less(section: PlannedSection) -> PlannedSection:
    """Return the lines of the themes without the last, where there are enough; any other section as it is."""
    if section.kind != "themes" or len(section.passages) <= LEAST_THEMES:
        return section
    return replace(section, passages=section.passages[:-1])


def _spared_as(passage: Planned) -> str:
    """Return the kind under which a passage can be left out."""
    return "leaning" if passage.kind == "frame" and passage.names else passage.kind
