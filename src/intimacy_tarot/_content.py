"""A file of content as a model: read, typed, and checked across its parts.

Packaged content is read once and kept in a bounded cache; content on disk is read anew each time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from intimacy_tarot._axes import SeenFile
from intimacy_tarot._card_text import CardText
from intimacy_tarot._convert import Converter, convert
from intimacy_tarot._cross import (
    Fault,
    card_text_faults,
    deck_faults,
    headings_faults,
    matter_faults,
    motifs_faults,
    pairs_faults,
    pattern_faults,
    pictures_faults,
    seen_faults,
    spread_faults,
    thread_faults,
)
from intimacy_tarot._errors import Place, Problem, content_error
from intimacy_tarot._models import DeckFile
from intimacy_tarot._patterns import PlacesFile, TableFile
from intimacy_tarot._pictures import MotifsFile, PairsFile, PicturesFile
from intimacy_tarot._spread import SpreadFile
from intimacy_tarot._wording import HeadingsFile, MatterFile, ThreadFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intimacy_tarot._source import Folder, Source

T = TypeVar("T")

_CHECKS: Final[dict[type, Any]] = {
    CardText: card_text_faults,
    SpreadFile: spread_faults,
    DeckFile: deck_faults,
    SeenFile: seen_faults,
    ThreadFile: thread_faults,
    TableFile: pattern_faults,
    PlacesFile: pattern_faults,
    PicturesFile: pictures_faults,
    PairsFile: pairs_faults,
    MotifsFile: motifs_faults,
    HeadingsFile: headings_faults,
    MatterFile: matter_faults,
}


class Read(NamedTuple, Generic[T]):
    """A file's content with the name and the digest by which it is recorded."""

    content: T
    file: str
    digest: str


def read(folder: Folder, name: str, model: type[T]) -> Read[T]:
    """Return a file of content as a model, checked by itself and across its parts."""
    kind: Any = model
    found: Read[T] = _packaged(folder, name, kind) if folder.anchor else _fresh(folder, name, model)
    return found


@lru_cache(maxsize=512)
def _packaged(folder: Folder, name: str, model: type[T]) -> Read[T]:
    return _fresh(folder, name, model)


def _fresh(folder: Folder, name: str, model: type[T]) -> Read[T]:
    source = folder.read(name)
    content, digest = convert(source, model)
    found = list(cross_faults(content))
    if found:
        raise content_error(placed(source, model, found))
    return Read(content, folder.recorded(name), digest)


def cross_faults(content: object) -> Iterable[Fault]:
    """Return the faults between the parts of a file."""
    check = _CHECKS.get(type(content))
    return () if check is None else check(content)


def placed(source: Source, model: type, found: Iterable[Fault]) -> list[Problem]:
    """Return faults as problems, each at the place of its path."""
    reader = Converter(source, source.events(), strict=True)
    reader.read(model)
    start = Place(source.file)
    return [
        Problem(fault.code, reader.places.get(fault.path, start), fault.path, fault.message, fault.hint)
        for fault in found
    ]
