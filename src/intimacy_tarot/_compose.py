"""The plan in words: names and fragments filled in, and nothing decided anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from intimacy_tarot._library import article
from intimacy_tarot._models import ThemeId, Voice
from intimacy_tarot._person import Mention, mention_of, mention_of_both, mention_of_either, mention_of_reader
from intimacy_tarot._spread import Owner
from intimacy_tarot._template import render

if TYPE_CHECKING:
    from intimacy_tarot._person import Person
    from intimacy_tarot._planned import Names, Plan, Planned, PlannedSection


_ENDED_QUOTATION: Final = re.compile(r'([.?!])"[.,]')
_BEHIND_QUOTATION: Final = re.compile(r'"([.,])')

PICTURE: Final = "picture"
"""The kind of a passage that says what a card's picture holds; it stands by itself."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text from one place: its kind, the file and key it stands at, and what it is about.

    `claims` are the article's claims that this very wording was written to carry.
    """

    kind: str
    text: str
    file: str
    key: str
    theme: ThemeId | None = None
    voice: Voice | None = None
    sign: str | None = None
    claims: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The address of its wording, "file#key"; `avoid` takes these."""
        return f"{self.file}#{self.key}"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a reading: its kind, its heading, its passages, and the position and card it is about."""

    kind: str
    heading: str | None
    passages: tuple[Passage, ...]
    position: str | None = None
    card: str | None = None

    @property
    def text(self) -> str:
        """The passages as one paragraph, without the picture."""
        return " ".join(passage.text for passage in self.passages if passage.kind != PICTURE)

    @property
    def picture(self) -> str | None:
        """What can be seen on the card: "a couple under a rainbow of cups, two children dancing"."""
        return next((passage.text for passage in self.passages if passage.kind == PICTURE), None)


def compose(plan: Plan, partner: Person | None) -> tuple[Section, ...]:
    """Return the sections of a reading, their names filled in."""
    return tuple(_section(section, partner) for section in plan.sections)


def _section(section: PlannedSection, partner: Person | None) -> Section:
    return Section(
        kind=section.kind,
        heading=render(section.heading, {"partner": mention_of(partner)}) if section.heading else None,
        passages=tuple(_passage(planned, partner) for planned in section.passages),
        position=section.position,
        card=section.card,
    )


def _passage(planned: Planned, partner: Person | None) -> Passage:
    text = planned.text
    if "{" in text:
        text = closed(render(text, _names(planned.names, planned.owner, partner)))
    claims = claims_at(planned.file, planned.key)
    return Passage(planned.kind, text, planned.file, planned.key, planned.theme, planned.voice, planned.sign, claims)


def closed(text: str) -> str:
    """Return a text in which what was filled in with a quotation at its end meets the stop behind it as in print.

    A stop or a comma goes inside the marks, and none follows a quotation that ends in one of its own (US English).

    >>> closed('It says "Later", and asks "When?".')
    'It says "Later," and asks "When?"'
    """
    return _BEHIND_QUOTATION.sub(r'\1"', _ENDED_QUOTATION.sub(r'\1"', text))


def _names(names: Names, owner: Owner | None, partner: Person | None) -> dict[str, Any]:
    found: dict[str, Any] = {"partner": mention_of(partner)}  # a position of that name lends its fragment as well
    for name, text in names:
        first, _, attribute = name.rpartition(".")
        setattr(found.setdefault(first, SimpleNamespace()), attribute, text)
    if owner is not None:
        found["P"], found["other"] = _two(owner, found["partner"])
    return found


def _two(owner: Owner, partner: Mention) -> tuple[Mention, Mention]:
    """Return whoever a position belongs to, and the other of the two."""
    if owner is Owner.PARTNER:
        return partner, mention_of_reader()
    return (mention_of_reader(), partner) if owner is Owner.SELF else (mention_of_both(), mention_of_either())


def claims_at(file: str, key: str) -> tuple[str, ...]:
    """Return the ids of the article's claims that a wording carries, by itself or by what it stands under.

    >>> "asks-understood" in claims_at("wording/en/questions.yaml", "understood.a-way-of-asking")
    True
    """
    parts = key.split(".")
    addresses = (f"{file}#{'.'.join(parts[:end])}" for end in range(1, len(parts) + 1))
    return tuple(claim for address in addresses for claim in _claims().get(address, ()))


@lru_cache(maxsize=1)
def _claims() -> dict[str, tuple[str, ...]]:
    """Return the ids of the claims by the address of what carries them."""
    found: dict[str, tuple[str, ...]] = {}
    for claim in article().claims:
        for carrier in claim.carried_by:
            found[carrier] = (*found.get(carrier, ()), claim.id)
    return found
