"""The pictures of cards: our own drawings, or the files of a folder, ready to stand in a page."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from intimacy_tarot._errors import ContentError, Place, Problem, content_error
from intimacy_tarot._source import Folder

if TYPE_CHECKING:
    import os

    from intimacy_tarot._deck import Deck
    from intimacy_tarot._models import Card

OURS: Final = Folder.packaged("intimacy_tarot.decks", "rider-waite-smith")
DRAWN: Final = "scalable"
MOST_BYTES: Final = 4_000_000
"""How large a picture file may be."""

MEDIA: Final = {"svg": "svg+xml", "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp"}
"""The kinds of picture that a folder may hold, by the end of their names."""

_PICTURE: Final = re.compile(r'<svg class="picture"[^>]*>\n(.*?)\n  </svg>', re.DOTALL)
_BEGINS: Final = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff", "webp": b"RIFF"}


@dataclass(frozen=True, slots=True)
class Face:
    """A card's picture: the inside of one of our drawings, or an image as a data URI; one of the two is None."""

    inside: str | None
    uri: str | None


def face(card: Card, deck: Deck, art: os.PathLike[str] | None = None) -> Face:
    """Return the picture of a card: from the folder `art`, else from the deck's own folder, else ours.

    Only drawings that come with the package stand in a page as markup. Any other file is embedded whole, as an
    image, in which no script runs and from which nothing is fetched. Raises ContentError for a file that is too
    large, leads outside its folder, or is not the kind of picture that its name says.
    """
    leaf = card.id.replace(".", "/")
    folders = [] if art is None else [(Folder.on_disk(art), "")]
    folders += [(folder, f"{DRAWN}/") for folder in deck.folders if not folder.anchor]
    for folder, below in folders:
        for ending in MEDIA:
            for name in (f"{below}{leaf}.{ending}", f"{below}{card.id}.{ending}"):
                if folder.holds(name):
                    return Face(None, _embedded(folder, name, MEDIA[ending]))
    return _ours(leaf)


@lru_cache(maxsize=128)
def _ours(leaf: str) -> Face:
    found = _PICTURE.search(OURS.read(f"{DRAWN}/{leaf}.svg").text)
    assert found, "every drawing of ours has a picture"
    return Face(found[1], None)


def _embedded(folder: Folder, name: str, kind: str) -> str:
    raw = folder.raw(name, MOST_BYTES)
    if len(raw) > MOST_BYTES:
        raise _refused(folder, name, "too-large", f"found more than {MOST_BYTES:,} bytes, expected fewer")
    if not _is(raw, kind):
        raise _refused(folder, name, "bad-picture", f"found a file that is no {kind.partition('+')[0]} picture")
    return f"data:image/{kind};base64,{base64.b64encode(raw).decode('ascii')}"


def _is(raw: bytes, kind: str) -> bool:
    if kind == "svg+xml":
        return b"<svg" in raw[:4096]
    return raw.startswith(_BEGINS[kind]) and (kind != "webp" or raw[8:12] == b"WEBP")


def _refused(folder: Folder, name: str, code: str, message: str) -> ContentError:
    return content_error([Problem(code, Place(folder.labelled(name)), "", message)])
