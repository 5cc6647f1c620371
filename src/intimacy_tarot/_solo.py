"""Plans for a question that hints at harm, and for one that states it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intimacy_tarot._plan import card_passage, footer, picture_at
from intimacy_tarot._planned import Kind, Plan, Planned, PlannedSection
from intimacy_tarot._wording import CareFile, HeadingsFile, SoloFile

if TYPE_CHECKING:
    from intimacy_tarot._content import Read
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._spread import Position, Variant

QUESTIONS = 2


def care_plan(scene: Scene) -> Plan:
    """Return a plan without cards: something to hold on to, where help may be found, and the footer."""
    read = scene.wording("care", CareFile)
    said = scene.picker.take("care.plain", read.content.plain)
    section = PlannedSection("care", None, (Planned("care", read.file, f"plain.{said.id}", said.text),))
    return Plan(scene.thread, None, (section, footer(scene)), Kind.CARE)


def solo_plan(scene: Scene) -> Plan:
    """Return a plan for the reader alone: the note first, nothing joint, nobody explained, nothing added up.

    Only at a ground and in the reader's own places does the card speak; elsewhere it is shown, and a passage
    for the reader alone stands in its stead. There are no frames, hinges, links or themes.
    """
    read = scene.wording("solo", SoloFile)
    title, practice = _practice(scene, read)
    headings = scene.wording("headings", HeadingsFile).content
    sections = (
        PlannedSection("care", None, (_taken(scene, read, "notes", read.content.notes, "care"),)),
        PlannedSection(
            "opening", scene.spread.content.subtitle, (_taken(scene, read, "openings", read.content.openings),)
        ),
        *(_position(scene, read, position) for position in scene.spread.positions),
        PlannedSection("synthesis", read.content.title, (_taken(scene, read, "closings", read.content.closings),)),
        PlannedSection("questions", headings.questions, _questions(scene, read)),
        PlannedSection("practice", f"{headings.practice}: {title}", (practice,)),
        footer(scene),
    )
    return Plan(scene.thread, None, sections, Kind.SOLO)


def _position(scene: Scene, read: Read[SoloFile], position: Position) -> PlannedSection:
    instead = read.content.at(position.role, position.owner)
    passage = _taken(scene, read, *instead) if instead else card_passage(scene, position)
    passages = (picture_at(scene, position), passage)
    return PlannedSection("position", position.heading, passages, position.id, scene.cards[position.id].name)


def _questions(scene: Scene, read: Read[SoloFile]) -> tuple[Planned, ...]:
    return tuple(_taken(scene, read, "questions", read.content.questions, "question") for _ in range(QUESTIONS))


def _practice(scene: Scene, read: Read[SoloFile]) -> tuple[str, Planned]:
    found = scene.picker.take("solo.practices", read.content.practices)
    return found.title, Planned("practice", read.file, f"practices.{found.id}", found.text)


def _taken(scene: Scene, read: Read[SoloFile], key: str, variants: tuple[Variant, ...], kind: str = "solo") -> Planned:
    variant = scene.picker.take(f"solo.{key}", variants)
    return Planned(kind, read.file, f"{key}.{variant.id}", variant.text)
