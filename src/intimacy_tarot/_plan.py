"""Making the plan: every decision of a reading, each by one rule, before a word is composed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from intimacy_tarot._argument import argues
from intimacy_tarot._closing import note_due, practice_of, questions_of
from intimacy_tarot._conceit import touched, watched
from intimacy_tarot._dealing import dealing_of
from intimacy_tarot._framing import frames_of, hinges_of
from intimacy_tarot._length import TITLE_WORDS, asking_less, fitted, most_words, unframed
from intimacy_tarot._models import Role, ThemeId, Voice
from intimacy_tarot._notable import named, notable
from intimacy_tarot._planned import Plan, Planned, PlannedSection, Seen, used_of, words_of
from intimacy_tarot._relating import relations_of
from intimacy_tarot._seen import seen_of
from intimacy_tarot._synthesis import said_by_answers, synthesis_of, tells_thread, thread_of_reading
from intimacy_tarot._wording import CareFile, HeadingsFile, LensesFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from intimacy_tarot._counted import Odds
    from intimacy_tarot._dealing import Dealing
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._spread import Frame, Opening, Position


ENOUGH_OPENINGS: Final = 3
"""How many openings must hint at a matter for one of them to be taken, so that none wears out."""

ENOUGH_RELATIONS: Final = 2
"""Where so many cards are related, they lean by what they say, and none by what its picture alone shows."""


def plan_of(scene: Scene, *, show_themes: bool) -> Plan:
    """Return the plan of a reading."""
    seen = seen_of(scene)
    rare = notable(scene, seen)
    relations = relations_of(scene)
    turning = touched(scene, seen) if len(relations) < ENOUGH_RELATIONS else {}
    positions = _positions(scene, seen, turning)
    kept = {key: it for key, it in turning.items() if any(it in section.passages for section in positions)}
    dealing = dealing_of(scene) if argues(scene) and not seen else None
    begun = _opening_for(scene, dealing)
    opening = _opening(scene, begun, [*watched(scene, seen, kept)])
    after = [_questions(scene), _practice(scene, dealing), *_care(scene)]
    if show_themes:
        after.append(_themes(scene, rare, told=tells_thread(scene, seen)))
    lensed = {position.id for position in scene.spread.positions if position.lens}
    most = most_words(len(scene.cards))
    needed = sum(section.words for section in (opening, *map(unframed, positions), *map(asking_less, after)))
    framed = {name for section in positions for it in section.passages if it.kind == "frame" for name, _ in it.names}
    room = most - TITLE_WORDS - needed - words_of(begun.echo or "", ())
    synthesis = _echoed(scene, begun, synthesis_of(scene, seen, dealing, framed, room, relations))
    sections = _kept_to(fitted([opening, *positions, *synthesis, *after], most, lensed), kept)
    return Plan(scene.thread, seen, sections, heard=scene.heard, dealing=dealing)


def _kept_to(sections: tuple[PlannedSection, ...], turning: Mapping[str, Planned]) -> tuple[PlannedSection, ...]:
    """Return the sections without what was to be watched, where the card that turns it has lost its hinge."""
    if not turning or any(it in section.passages for section in sections for it in turning.values()):
        return sections
    first, *rest = sections
    return (replace(first, passages=tuple(it for it in first.passages if not it.key.startswith("watch."))), *rest)


def _opening_for(scene: Scene, dealing: Dealing | None) -> Opening:
    """Return how the spread begins, with an eye to what the cards come to.

    It hints at the matter that the cards deal with, where a few openings do, or else at what the trouble names, or at
    nothing.
    """
    openings = scene.spread.content.openings
    hinting = [opening for opening in openings if dealing and dealing.matter in opening.matters]
    fitting = [opening for opening in openings if opening.fits(scene.senses)]
    found = hinting if len(hinting) >= ENOUGH_OPENINGS else fitting
    return scene.picker.take(f"{scene.spread.id}.openings", found or [opening for opening in openings if opening.free])


def _opening(scene: Scene, opening: Opening, watched: Sequence[Planned]) -> PlannedSection:
    """Return the opening, and what to watch."""
    passage = Planned("opening", scene.spread.file, f"openings.{opening.id}", opening.text)
    return PlannedSection("opening", scene.spread.content.subtitle, (passage, *watched))


def _echoed(scene: Scene, opening: Opening, synthesis: Sequence[PlannedSection]) -> list[PlannedSection]:
    """Return the last paragraphs with a sentence at their end that returns to the opening's picture, if it has one."""
    if opening.echo is None:
        return [*synthesis]
    echo = Planned("echo", scene.spread.file, f"openings.{opening.id}.echo", opening.echo)
    return [*synthesis[:-1], replace(synthesis[-1], passages=(*synthesis[-1].passages, echo))]


def _positions(scene: Scene, seen: Seen | None, turning: Mapping[str, Planned]) -> list[PlannedSection]:
    """Return the positions, some with a frame, some with a hinge by which they lean on an earlier one."""
    spent = seen.positions if seen and seen.kind == "motif" else ()
    hinges = hinges_of(scene, spent, turning)
    frames = frames_of(scene, tuple(hinges), said_by_answers(scene))
    places = scene.spread.positions
    return [_position(scene, place, frames.get(place.id), hinges.get(place.id)) for place in places]


def _position(scene: Scene, position: Position, frame: Frame | None, hinge: Planned | None) -> PlannedSection:
    """Return a position: the picture, a frame, or a word on a lens that the card has not, a hinge, the passage."""
    labeled = position.lens and frame is None and scene.entry(position.id).lenses is None
    passages = [picture_at(scene, position)]
    passages += [_lens(scene, str(position.lens))] if labeled else []
    if frame is not None:
        key = f"positions.{position.id}.frames.{frame.id}"
        passages.append(Planned("frame", scene.spread.file, key, frame.text, used_of(scene.fragments(), frame.text)))
    passages += [hinge] if hinge and leads(hinge, position) else []
    passages.append(card_passage(scene, position))
    passages += [hinge] if hinge and not leads(hinge, position) else []
    return PlannedSection("position", position.heading, tuple(passages), position.id, scene.cards[position.id].name)


def leads(hinge: Planned, position: Position) -> bool:
    """Whether a hinge stands before its card's passage: at a counsel, which ends in leave to let it be.

    Elsewhere it comes once the later card has been seen as well, but for what was to be watched, which is met at once.
    """
    return position.role is Role.COUNSEL or "/axes/" in hinge.file


def picture_at(scene: Scene, position: Position) -> Planned:
    """Return what can be seen on the card at a position, for whoever has not got it on the table."""
    text = scene.texts[position.id]
    return Planned("picture", text.file, "image", text.content.image)


def card_passage(scene: Scene, position: Position) -> Planned:
    """Return what the card at a position says there."""
    card, voice, entry = scene.cards[position.id], scene.voices[position.id], scene.entry(position.id)
    lensed = position.lens and entry.lenses
    return Planned(
        kind="card",
        file=scene.texts[position.id].file,
        key=f"{card.orientation}.{f'lenses.{position.lens}' if lensed else position.role}",
        text=str(getattr(lensed, str(position.lens))) if lensed else entry.passage(position.role),
        owner=position.owner,
        theme=card.meaning.theme,
        voice=voice,
        sign=card.meaning.sign if voice is Voice.SHADOW else None,
    )


def _lens(scene: Scene, lens: str) -> Planned:
    read = scene.wording("lenses", LensesFile)
    variant = scene.picker.take(f"lenses.{lens}", read.content.of(lens))
    return Planned("lens", read.file, f"{lens}.{variant.id}", variant.text)


def _questions(scene: Scene) -> PlannedSection:
    heading = scene.wording("headings", HeadingsFile).content.questions
    return PlannedSection("questions", heading, tuple(questions_of(scene)))


def _practice(scene: Scene, dealing: Dealing | None) -> PlannedSection:
    heading = scene.wording("headings", HeadingsFile).content.practice
    title, passage = practice_of(scene, dealing)
    return PlannedSection("practice", f"{heading}: {title}", (passage,))


def _care(scene: Scene) -> Iterator[PlannedSection]:
    read = scene.wording("care", CareFile)
    if note_due(scene):
        note = scene.picker.take("care.notes", read.content.notes)
        yield PlannedSection("care", None, (Planned("care", read.file, f"notes.{note.id}", note.text),))
    yield footer(scene)


def footer(scene: Scene) -> PlannedSection:
    """Return the line that every reading ends with."""
    read = scene.wording("care", CareFile)
    return PlannedSection("footer", None, (Planned("footer", read.file, "footer", read.content.footer),))


def _themes(scene: Scene, rare: Odds | None, *, told: bool) -> PlannedSection:
    """Return the thread, if it is not told, what is rare, and a line for each primary theme, in its first voice."""
    headings = scene.wording("headings", HeadingsFile).content
    first: dict[ThemeId, Voice] = {}
    for place, card in scene.cards.items():
        first.setdefault(card.meaning.theme, scene.voices[place])
    lines = [] if told else [replace(thread_of_reading(scene), kind="theme")]
    lines += [named(scene, rare)] if rare else []
    for which, voice in first.items():
        found = scene.theme(which)
        content = found.content
        line = str(getattr(content, voice.value))
        names = (("theme.running", content.running), ("theme.line", line), ("theme.section", content.section))
        text = str(getattr(headings, f"theme_{voice}"))
        lines.append(Planned("theme", found.file, voice.value, text, names, None, which, voice))
    return PlannedSection("themes", headings.themes, tuple(lines))
