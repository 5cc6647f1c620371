"""The shared wording: what a reading says that belongs to no one card and no one spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from intimacy_tarot._models import Keyed, Plain, Practice, Text
from intimacy_tarot._spread import OpenVariant, OpenVariants, Variant, Variants

if TYPE_CHECKING:
    from intimacy_tarot._pictures import Axis, Pattern

SEEN = {
    "axis": ("lead", "asks", "most", "other"),
    "count": ("all", "most", "other"),
    "most": ("one", "two", "three", "at"),
    "other": ("one", "two", "at"),
}
HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "reader": {"reader": ("name",)},
    "theme_light": {"theme": ("running", "line", "section")},
    "theme_shadow": {"theme": ("running", "line", "section")},
}
FAMILY = {"family": ("lead", "one", "two", "three")}
THREAD: dict[str, dict[str, tuple[str, ...]]] = {
    "tension": {"theme": ("running",), "strained": ("ref",), "eased": ("ref",)},
    "echo": {"theme": ("running",), "first": ("ref",), "last": ("ref",), "count": ("all",)},
    "single": {"theme": ("running",), "card": ("ref",)},
    "alone": {"theme": ("running",)},
}


@dataclass(frozen=True, slots=True)
class Claims:
    """What each pattern on an axis may say of the couple."""

    one_open: Variants
    one_closed: Variants
    same_open: Variants
    same_closed: Variants
    turn_open: Variants
    few_open: Variants
    few_closed: Variants
    even: Variants


@dataclass(frozen=True, slots=True)
class AxisWording:
    """How an axis is spoken of."""

    leads: Variants
    asks: Plain
    open: Plain
    closed: Plain
    claims: Claims


@dataclass(frozen=True, slots=True)
class AxesFile:
    """`axes.yaml`: a wording for each axis."""

    eyes: AxisWording
    hands: AxisWording
    ground: AxisWording
    distance: AxisWording
    weather: AxisWording

    def of(self, axis: Axis) -> AxisWording:
        """Return the wording of an axis."""
        wording: AxisWording = getattr(self, axis.value)
        return wording


@dataclass(frozen=True, slots=True)
class SeenFile:
    """`seen.yaml`: how clauses are set beside each other, by pattern."""

    one: OpenVariants
    same: OpenVariants
    turn: OpenVariants
    few: OpenVariants
    even: OpenVariants
    family: OpenVariants

    def of(self, pattern: Pattern) -> tuple[OpenVariant, ...]:
        """Return the wordings for a pattern."""
        variants: tuple[OpenVariant, ...] = getattr(self, pattern.value)
        return variants


@dataclass(frozen=True, slots=True)
class ThreadsFile:
    """`threads.yaml`: how the theme that leads a reading is named."""

    tension: OpenVariants
    echo: OpenVariants
    single: OpenVariants
    alone: OpenVariants

    def of(self, line: str) -> tuple[OpenVariant, ...]:
        """Return the wordings for a line."""
        variants: tuple[OpenVariant, ...] = getattr(self, line)
        return variants


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

    id: str


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
    """`care.yaml`: the line every reading ends with, and the short note for when it is due."""

    footer: Plain
    notes: Variants


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
