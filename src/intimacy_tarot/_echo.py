"""The editorial rules for the texts of a deck or a spread together: nothing said twice, nothing worn out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from intimacy_tarot._errors import Problem
from intimacy_tarot._lint import rules
from intimacy_tarot._models import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from intimacy_tarot._lint import Said

PICTURE: Final = ("ref", "image", "image_alt", "state", "thing")
"""The fields of a card's file that say what its picture holds."""

LEANS: Final = "leans."
"""How the path of a text begins, inside an entry, by which a card leans on the others."""

LENSES: Final = "lenses."
"""How that of a passage begins that looks at one side of closeness."""

_TAG: Final = re.compile(r"\{\{.*?\}\}")
_WORD: Final = re.compile(r"[a-z][a-z'-]*")


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, a name in braces as "you".

    >>> words_of("{{ P.Subj }} may rest, half-asleep.")
    ['you', 'may', 'rest', 'half-asleep']
    """
    return _WORD.findall(_TAG.sub("you", text).lower())


def near_duplicates(texts: Sequence[Said], card_names: Collection[str] = ()) -> Iterator[Problem]:
    """Yield a warning for each pair of texts that share a run of words, outside names: of cards, in braces, of people.

    It stands at the later of the two, and tells the whole run and where the earlier is. How a card leans on the others
    may take up its own passages.
    """
    length = rules().run
    first: dict[tuple[str, ...], Said] = {}
    names = _names(card_names)
    for said in texts:
        told: set[Said] = set()
        for words in (words_of(part) for part in names.split(said.text)):
            for start in range(len(words) - length + 1):
                earlier = first.setdefault(tuple(words[start : start + length]), said)
                if earlier is not said and earlier not in told and not _taken_up(said, earlier):
                    told.add(earlier)
                    run = " ".join(words[start : _end(words, start, earlier, first)])
                    message = f"found {run!r} again, expected no {length} words in a row twice"
                    hint = f"first at {earlier.place}"
                    yield Problem("near-duplicate", said.place, said.path, message, hint, "warning")


def _taken_up(said: Said, earlier: Said) -> bool:
    """Whether a text by which a card leans on the others takes up a passage of its own entry."""
    way, _, rest = said.path.partition(".")
    known, _, before = earlier.path.partition(".")
    same = (said.place.file, way) == (earlier.place.file, known)
    return same and rest.startswith(LEANS) and not before.startswith(LEANS)


def _names(card_names: Collection[str]) -> re.Pattern[str]:
    longest = sorted(card_names, key=len, reverse=True)
    people = (rf"\b{re.escape(name)}\b" for name in rules().people)
    return re.compile("|".join((_TAG.pattern, *people, *map(re.escape, longest))), re.IGNORECASE)


def _end(words: list[str], start: int, earlier: Said, first: Mapping[tuple[str, ...], Said]) -> int:
    """Return where a run ends that begins at `start` and goes on in an earlier text."""
    length = rules().run
    end = start + length
    while end < len(words) and first.get(tuple(words[end - length + 1 : end + 1])) is earlier:
        end += 1
    return end


def overused_openers(texts: Sequence[Said]) -> Iterator[Problem]:
    """Yield a warning at each role passage whose first words open too many others."""
    openers = rules().openers
    found: dict[str, list[Said]] = defaultdict(list)
    for said in texts:
        if said.path.partition(".")[2] in tuple(Role):
            found[" ".join(words_of(said.text)[: openers.words])].append(said)
    for opening, passages in found.items():
        for said in passages[openers.most :]:
            message = f"found {opening!r} to open {len(passages)} passages, expected at most {openers.most}"
            hint = f"first at {passages[0].place}"
            yield Problem("overused-opener", said.place, said.path, message, hint, "warning")


def overused_objects(cards: Mapping[str, Sequence[Said]]) -> Iterator[Problem]:
    """Yield a warning at each card, given by its name in deck order, that takes up an object too many have used.

    What a card's own picture holds is not counted, nor what few spreads ask for: how it leans on others, its lenses.
    """
    objects = rules().objects
    used: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    for name, texts in cards.items():
        for word, said in _objects(texts).items():
            used[word].append((name, said))
    for word, users in used.items():
        served = ", ".join(name for name, _ in users[: objects.most])
        for _, said in users[objects.most :]:
            message = f"found {word!r} in {len(users)} cards, expected at most {objects.most}"
            yield Problem("overused-object", said.place, said.path, message, f"it serves {served}", "warning")


def _objects(texts: Sequence[Said]) -> dict[str, Said]:
    """Return the ordinary objects of a card's text, each with the first text that names it."""
    pictured = {word for said in texts if said.path in PICTURE for word in _singular(said.text)}
    found: dict[str, Said] = {}
    for said in texts:
        if said.path.partition(".")[2].startswith((LEANS, LENSES)):
            continue
        for word in _singular(said.text) & frozenset(rules().objects.words) - pictured:
            found.setdefault(word, said)
    return found


def _singular(text: str) -> frozenset[str]:
    """Return the words of a text, the parts of hyphened ones, and each that ends in -s without it."""
    words = [part for word in words_of(text) for part in (word, *word.split("-"))]
    return frozenset(words) | {word.removesuffix("'s").removesuffix("s") for word in words}
