"""What is taken from a typed question, by word lists: whether it calls for care, and the theme that it names.

Matching words is a courtesy and no safeguard; see docs/care.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Final

from intimacy_tarot._models import Keyed, ThemeId
from intimacy_tarot._planned import Kind
from intimacy_tarot._spread import Variants

if TYPE_CHECKING:
    from intimacy_tarot._scene import Scene


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression by which something in a question is noticed."""

    id: str
    text: str


Expressions = Annotated[tuple[Expression, ...], Keyed(least=1)]


@dataclass(frozen=True, slots=True)
class HeededFile:
    """`heeded.yaml`: what is looked for in a question, and what is taken out of it first."""

    harmless: Expressions
    suspicion: Expressions
    plain: Expressions


@dataclass(frozen=True, slots=True)
class HeardTheme:
    """How a theme is named in a question, and the sentence that then ends the opening."""

    words: Expressions
    turns: Variants


@dataclass(frozen=True, slots=True)
class HeardFile:
    """`heard.yaml`: what of a question in the reader's own words is heard, theme by theme."""

    bond: HeardTheme
    trust: HeardTheme
    unspoken: HeardTheme
    presence: HeardTheme
    repair: HeardTheme
    worth: HeardTheme
    balance: HeardTheme
    understanding: HeardTheme

    def of(self, theme: ThemeId) -> HeardTheme:
        """Return what is heard of a theme."""
        heard: HeardTheme = getattr(self, theme.value)
        return heard


_PLAIN_QUOTES: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u02bc": "'"})


def kind_of(scene: Scene, question: str | None) -> Kind:
    """Return what kind of reading a question calls for: none where it states harm, a solo one where it hints at it."""
    if question is None:
        return Kind.READING
    lists = scene.wording("heeded", HeededFile).content
    text = question.translate(_PLAIN_QUOTES)
    for pattern in _compiled(lists.harmless):
        text = pattern.sub(" ", text)
    if any(pattern.search(text) for pattern in _compiled(lists.plain)):
        return Kind.CARE
    return Kind.SOLO if any(pattern.search(text) for pattern in _compiled(lists.suspicion)) else Kind.READING


def theme_of(scene: Scene, question: str | None) -> ThemeId | None:
    """Return the theme that a question names first, or None where it names none."""
    if question is None:
        return None
    lists, text = scene.wording("heard", HeardFile).content, question.translate(_PLAIN_QUOTES)
    found = [
        (match.start(), theme)
        for theme in ThemeId
        for pattern in _compiled(lists.of(theme).words)
        if (match := pattern.search(text))
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


@lru_cache(maxsize=16)
def _compiled(expressions: tuple[Expression, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(expression.text, re.IGNORECASE) for expression in expressions)
