"""A reading: passages in sections, with the draw, the facts and the plan they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from intimacy_tarot import _page, _record, _render
from intimacy_tarot._compose import Passage, Section
from intimacy_tarot._draw import Draw
from intimacy_tarot._facts import Facts
from intimacy_tarot._person import MOST_QUESTION, Person, one_line
from intimacy_tarot._planned import Kind, Plan
from intimacy_tarot._seed import Seed, Tagged

if TYPE_CHECKING:
    import os


MOST_SUPPORT = 600


@dataclass(frozen=True, slots=True)
class Content:
    """Which words a reading was made of: the library's version, and a digest of every file it used.

    `drawn` is a digest of the spread, the deck and the cards' texts alone, so that it hangs on nothing
    that a person typed.
    """

    version: str
    digest: str
    drawn: str


@dataclass(frozen=True, slots=True)
class Headings:
    """The fixed words of a reading: what stands before the reader's question, and the line for the reader."""

    asked: str
    reader: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A finished reading, immutable and comparable, with everything needed to make it again.

    `print` it for plain text. `seed` is the seed of the wording; the seed of the cards is in `draw`.

    >>> import intimacy_tarot as tarot
    >>> reading = tarot.read("one-card", seed=7)
    >>> reading.to_text(width=60).splitlines()[0]
    'What might help us feel closer today?'
    >>> reading.to_markdown().startswith("# What might help us feel closer today?")
    True
    >>> Reading.from_json(reading.to_json()) == reading
    True
    >>> reading.to_dict(private=False)["draw"]["seed"]
    {'int': '7'}
    """

    draw: Draw
    question: str
    """The question the spread answers."""
    asked: str | None
    """The reader's own question, if one was given."""
    reader: Person | None
    partner: Person | None
    support_text: str | None
    show_themes: bool
    avoid: tuple[str, ...]
    seed: Annotated[Seed | None, Tagged()]
    facts: Facts
    plan: Plan
    sections: tuple[Section, ...]
    content: Content
    headings: Headings

    def __post_init__(self) -> None:
        if self.asked is not None:
            object.__setattr__(self, "asked", one_line(self.asked, "a question", MOST_QUESTION))
        if self.support_text is not None:
            object.__setattr__(self, "support_text", one_line(self.support_text, "a support text", MOST_SUPPORT))
        object.__setattr__(self, "avoid", tuple(sorted(set(self.avoid))))

    @property
    def kind(self) -> Kind:
        """What the reading is: "reading", "solo" where the question hints at harm, "care" where it states it.

        A "care" reading has no cards in it, only words about help; see docs/care.md.
        """
        return self.plan.kind

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, in order."""
        return tuple(passage for section in self.sections for passage in section.passages)

    def trace(self) -> str:
        """Return a line for each passage: where its words stand, what it is about, and how it begins.

        >>> import intimacy_tarot as tarot
        >>> print(tarot.read("one-card", seed=7).trace().splitlines()[0].split("  ")[0])
        opening
        """
        return _render.trace(self)

    def to_text(self, width: int | None = None) -> str:
        """Return the reading as plain text; lines are wrapped at `width` only if one is given, from 20 up."""
        return _render.text(self, width)

    def to_markdown(self) -> str:
        """Return the reading as Markdown, in which nothing a person typed has any effect."""
        return _render.markdown(self)

    def to_svg(self, *, palette: str = "light", art: os.PathLike[str] | None = None) -> str:
        """Return the table as one SVG drawing: every card where it lies, with its number and its names.

        `palette` is "light" or "dark". `art` is a folder of pictures named by card id, as
        "major_arcana/09.png", in svg, png, jpg or webp; a card that it lacks has ours. A "care" reading has no
        table; its drawing holds no cards. Raises StyleError for another palette, and ContentError for a file
        that is no picture.

        >>> import intimacy_tarot as tarot
        >>> tarot.read("one-card", seed=7).to_svg().startswith("<svg ")
        True
        """
        return _page.svg(self, palette, art)

    def to_html(
        self,
        *,
        style: str = "quiet",
        art: os.PathLike[str] | None = None,
        templates: os.PathLike[str] | None = None,
    ) -> str:
        """Return the reading as one HTML page, whole in itself: no script, and nothing is fetched.

        `style` is "quiet" (light or dark as the reader's device is), "night" or "print". `art` is as for
        `to_svg`. `templates` is a folder of Jinja2 templates that go before ours by name; they are the host
        application's own code and are trusted as such. Raises StyleError and ContentError.

        >>> import intimacy_tarot as tarot
        >>> "<script" in tarot.read("one-card", seed=7).to_html()
        False
        """
        return _page.html(self, style, art, templates)

    def to_dict(self, *, private: bool = True) -> dict[str, Any]:
        """Return the reading as plain data for JSON.

        With `private=False` the question, the names and every word composed with them are left out;
        what remains is the draw and how it can be drawn again.
        """
        return _record.public(self) if not private else _record.plain(self)

    def to_json(self, *, private: bool = True) -> str:
        """Return `to_dict` as JSON text; `Reading.from_json` gives an equal reading back."""
        return _record.dumps(self.to_dict(private=private))

    @classmethod
    def from_json(cls, text: str) -> Reading:
        """Return the reading that `to_json` wrote; raises RecordError with every fault of the text."""
        return _record.loads(text, cls)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        return _page.cell(self)
