"""The shared wording: what a reading says that belongs to no one card and no one spread."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Annotated, Final

from intimacy_tarot._card_text import Practice
from intimacy_tarot._models import Keyed, Plain, Role, Text, Voice
from intimacy_tarot._spread import OpenVariant, OpenVariants, Owner, Variant, Variants
from intimacy_tarot._template import PERSON

HEADINGS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "reader": {"reader": ("name",)},
    "theme_light": {"theme": ("running", "line", "section")},
    "theme_shadow": {"theme": ("running", "line", "section")},
}
_PLACE: Final = ("at", "ref", "fragment")
_ONE_PLACE: Final[dict[str, tuple[str, ...]]] = {"theme": ("running",), "place": _PLACE}
THREAD: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "tension": {"theme": ("running",), "strained": _PLACE, "eased": _PLACE},
    "echo": {"theme": ("running",), "first": _PLACE, "last": _PLACE, "count": ("all",)},
    "single": _ONE_PLACE,
    "alone": _ONE_PLACE,
}
"""The names of each line's wording."""

_WAY: Final = ("way",)
DEALT: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "once": {"first": _WAY},
    "twice": {"first": _WAY, "second": _WAY},
    "thrice": {"first": _WAY, "second": _WAY, "third": _WAY},
    "otherwise": {"eased": _WAY, "partner": PERSON, "P": PERSON},
}
"""The names of each kind of wording about a matter."""


@dataclass(frozen=True, slots=True)
class InVoices:
    """Wordings for each voice."""

    light: OpenVariants
    shadow: OpenVariants

    def of(self, voice: Voice) -> tuple[OpenVariant, ...]:
        """Return the wordings for a voice."""
        return self.light if voice is Voice.LIGHT else self.shadow


@dataclass(frozen=True, slots=True)
class OnePlace:
    """How a theme is told at one place: in a voice, as what is wished for, or as what a counsel offers to do."""

    light: OpenVariants
    shadow: OpenVariants
    wished: OpenVariants
    offered: OpenVariants


@dataclass(frozen=True, slots=True)
class ThreadFile:
    """`thread.yaml`: how the leading theme is told, by the line it runs along."""

    tension: OpenVariants
    echo: InVoices
    single: OnePlace
    alone: OpenVariants

    def of(self, key: str) -> tuple[OpenVariant, ...]:
        """Return the wordings under a key: "tension", "echo.shadow", "single.wished", "alone"."""
        found: tuple[OpenVariant, ...] = attrgetter(key)(self)
        return found


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What it means that a card deals with a thing otherwise, by the part that its position plays."""

    ground: OpenVariants
    person: OpenVariants
    partner: OpenVariants
    between: OpenVariants
    emotional: OpenVariants
    physical: OpenVariants
    need: OpenVariants
    strength: OpenVariants
    counsel: OpenVariants


@dataclass(frozen=True, slots=True)
class MatterFile:
    """`ways/<matter>.yaml`: what it means that cards deal with it in the strained way, and that one does otherwise."""

    once: OpenVariants
    twice: OpenVariants
    thrice: OpenVariants
    otherwise: Otherwise

    def of(self, key: str) -> tuple[OpenVariant, ...]:
        """Return the wordings under a key: "twice", "otherwise.need"."""
        found: tuple[OpenVariant, ...] = attrgetter(key)(self)
        return found


@dataclass(frozen=True, slots=True)
class QuestionsFile:
    """`questions.yaml`: the article's three questions, each put in several ways."""

    understood: Variants
    beyond: Variants
    seeking: Variants

    def of(self, reflection: str) -> tuple[Variant, ...]:
        """Return the ways of putting a reflection."""
        variants: tuple[Variant, ...] = getattr(self, reflection)
        return variants


@dataclass(frozen=True, slots=True)
class PracticeVariant(Practice):
    """A practice with an id."""

    id: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class PracticesFile:
    """`practices.yaml`: a few practices for each remedy of the article."""

    communication: Annotated[tuple[PracticeVariant, ...], Keyed(least=1)]
    quality_time: Annotated[tuple[PracticeVariant, ...], Keyed(least=1)]
    emotional_vulnerability: Annotated[tuple[PracticeVariant, ...], Keyed(least=1)]

    def of(self, remedy: str) -> tuple[PracticeVariant, ...]:
        """Return the practices of a remedy."""
        variants: tuple[PracticeVariant, ...] = getattr(self, remedy)
        return variants


@dataclass(frozen=True, slots=True)
class CareFile:
    """`care.yaml`: the line every reading ends with, the short note, and what is said in a reading's stead."""

    footer: Plain
    notes: Variants
    plain: Variants


@dataclass(frozen=True, slots=True)
class SoloFile:
    """`solo.yaml`: a reading for one person alone, in which nothing is joint and nobody is explained."""

    title: Plain
    notes: Variants
    openings: Variants
    need: Variants
    strength: Variants
    obstacle: Variants
    between: Variants
    counsel: Variants
    partner: Variants
    closings: Variants
    questions: Variants
    practices: Annotated[tuple[PracticeVariant, ...], Keyed(least=1)]

    def at(self, role: Role, owner: Owner) -> tuple[str, tuple[Variant, ...]] | None:
        """Return what stands at a position in its card's stead, with its key, or None where the card may speak."""
        if owner is Owner.PARTNER:
            return "partner", self.partner
        if role in (Role.GROUND, Role.PERSON):
            return None
        return role.value, getattr(self, role.value)


@dataclass(frozen=True, slots=True)
class LensesFile:
    """`lenses.yaml`: the closing clause of a position that looks at one side of closeness."""

    emotional: Variants
    physical: Variants

    def of(self, lens: str) -> tuple[Variant, ...]:
        """Return the wordings for a lens."""
        variants: tuple[Variant, ...] = getattr(self, lens)
        return variants


@dataclass(frozen=True, slots=True)
class HeadingsFile:
    """`headings.yaml`: the fixed words between the parts of a reading."""

    questions: Plain
    practice: Plain
    themes: Plain
    asked: Plain
    strained: Plain
    theme: Plain
    at_ease: Plain
    care: Plain
    """What a page is called that holds no reading, only words about help."""
    reader: Annotated[str, Text(1, 12, ("*",))]
    theme_light: Annotated[str, Text(1, 30, ("*",))]
    theme_shadow: Annotated[str, Text(1, 30, ("*",))]


@dataclass(frozen=True, slots=True)
class Sign:
    """A symptom of a strained theme: something one could notice on a Tuesday."""

    id: str
    says: Plain
    source: Plain
    consent: bool = False
    """Whether a passage about it makes stopping or saying no legitimate."""


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """One of the article's themes as it is written."""

    name: Plain
    running: Plain
    """How a sentence names it: "being understood"."""
    definition: Plain
    light: Annotated[str, Text(5, 24)]
    shadow: Annotated[str, Text(5, 24)]
    section: Plain
    """The part of the article it comes from."""
    case: Plain
    reflection: Plain
    """The article's question that goes with it: understood, beyond or seeking."""
    remedy: Plain
    """What the article offers where it is strained: communication, quality_time or emotional_vulnerability."""
    markers_light: tuple[Plain, ...]
    markers_shadow: tuple[Plain, ...]
    signs: Annotated[tuple[Sign, ...], Keyed(least=1)]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the article says, in our words, and where it is carried."""

    id: str
    sentences: str
    says: Plain
    carried_by: tuple[Plain, ...]
    """Addresses, "file#key", of what was written to carry it."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """`article.yaml`: every claim of the article."""

    title: Plain
    claims: Annotated[tuple[Claim, ...], Keyed(least=1)]
