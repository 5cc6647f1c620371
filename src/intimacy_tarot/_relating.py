"""What two cards come to together: a relation between the senses of what they name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from intimacy_tarot._models import FRAGMENT_OF, Role
from intimacy_tarot._planned import Planned
from intimacy_tarot._senses import ToGift, ToMove, ToWish

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from intimacy_tarot._content import Read
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._senses import Related

RELATED: Final[tuple[tuple[Role, Role, type], ...]] = (
    (Role.OBSTACLE, Role.NEED, ToWish),
    (Role.NEED, Role.STRENGTH, ToGift),
    (Role.OBSTACLE, Role.STRENGTH, ToGift),
    (Role.OBSTACLE, Role.COUNSEL, ToMove),
)
"""The roles that are related, the first by which a wording is kept, and its file; the most telling first."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two positions whose cards come to something together, with their senses and where the wording for it stands."""

    first: str
    second: str
    senses: tuple[str, str]
    name: str
    """The file of shared wording: "relations/snag_wish/silence"."""
    model: type

    @property
    def positions(self) -> tuple[str, str]:
        """The two positions."""
        return self.first, self.second

    @property
    def slot(self) -> str:
        """What its wordings are picked under: "silence.heard"."""
        return ".".join(self.senses)


def relations_of(scene: Scene) -> list[Relation]:
    """Return what the cards of a draw come to two by two, the most telling first.

    There is none where the deck does not say the senses of its cards.
    """
    senses = scene.senses
    found = []
    for one, other, model in RELATED:
        facets = f"{FRAGMENT_OF[one]}_{FRAGMENT_OF[other]}"
        for first, second in product(scene.with_role(one), scene.with_role(other)):
            if first.id in senses and second.id in senses:
                both = (str(senses[first.id]), str(senses[second.id]))
                found.append(Relation(first.id, second.id, both, f"relations/{facets}/{both[0]}", model))
    return found


def _named(scene: Scene, relation: Relation) -> list[str]:
    return [f"{place}.{FRAGMENT_OF[scene.role(place)]}" for place in relation.positions]


def claim_of(
    scene: Scene, relations: Iterable[Relation], said: Collection[str], about: Collection[str] = ()
) -> Planned | None:
    """Return what the first two related positions come to whose phrases have been said, if any two have.

    The step that a counsel offers need not have been said, since the close leads to it. `about` are positions of
    which the answer says in its own words what they name: of two that are related, one is enough.
    """
    for relation in relations:
        first, second = _named(scene, relation)
        both = first in said and (second in said or scene.role(relation.second) is Role.COUNSEL)
        if both or {*relation.positions} & {*about}:
            file, related = _related(scene, relation)
            claim = scene.picker.take(f"{relation.slot}.claims", related.claims)
            return Planned("synthesis", file, f"{relation.senses[1]}.claims.{claim.id}", claim.text)
    return None


def _related(scene: Scene, relation: Relation) -> tuple[str, Related]:
    read: Read[Any] = scene.wording(relation.name, relation.model)
    related: Related = getattr(read.content, relation.senses[1])
    return read.file, related
