"""Making the plan: every decision of a reading, each by one rule, before a word is composed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intimacy_tarot._closing import note_due, practice_of, questions_of
from intimacy_tarot._framing import frames_of, hinges_of
from intimacy_tarot._models import FRAGMENT_OF, Role, ThemeId, Voice
from intimacy_tarot._planned import Plan, Planned, PlannedSection, Seen
from intimacy_tarot._seen import NUMBERS, seen_of, told
from intimacy_tarot._thread import Line
from intimacy_tarot._wording import CareFile, HeadingsFile, LensesFile, ThreadsFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intimacy_tarot._scene import Scene
    from intimacy_tarot._spread import Position


def plan_of(scene: Scene, *, show_themes: bool) -> Plan:
    """Return the plan of a reading."""
    seen = seen_of(scene)
    sections = [_opening(scene), *_positions(scene, seen), _synthesis(scene, seen), _questions(scene)]
    sections += [_practice(scene), *_care(scene)]
    if show_themes:
        sections.append(_themes(scene))
    return Plan(scene.thread, seen, tuple(sections))


def _opening(scene: Scene) -> PlannedSection:
    content = scene.spread.content
    opening = scene.picker.take("openings", content.openings)
    passage = Planned("opening", scene.spread.file, f"openings.{opening.id}", opening.text)
    return PlannedSection("opening", content.subtitle, (passage,))


def _positions(scene: Scene, seen: Seen | None) -> Iterator[PlannedSection]:
    spent = seen.positions if seen and seen.kind == "motif" else ()
    hinges = hinges_of(scene, spent)
    frames = frames_of(scene, tuple(hinges))
    for position in scene.spread.positions:
        passages = []
        if position.id in frames:
            frame = frames[position.id]
            key = f"positions.{position.id}.frames.{frame.id}"
            passages.append(Planned("frame", scene.spread.file, key, frame.text))
        if position.id in hinges:
            passages.append(hinges[position.id])
        passages.append(_card(scene, position))
        if position.lens:
            passages.append(_lens(scene, str(position.lens)))
        yield PlannedSection("position", position.heading, tuple(passages), position.id)


def _card(scene: Scene, position: Position) -> Planned:
    card, voice = scene.cards[position.id], scene.voices[position.id]
    return Planned(
        kind="card",
        file=scene.texts[position.id].file,
        key=f"{card.orientation}.{position.role}",
        text=scene.entry(position.id).passage(position.role),
        owner=position.owner,
        theme=card.meaning.theme,
        voice=voice,
        sign=card.meaning.sign if voice is Voice.SHADOW else None,
    )


def _lens(scene: Scene, lens: str) -> Planned:
    read = scene.wording("lenses", LensesFile)
    variant = scene.picker.take(f"lenses.{lens}", read.content.of(lens))
    return Planned("frame", read.file, f"{lens}.{variant.id}", variant.text)


def _synthesis(scene: Scene, seen: Seen | None) -> PlannedSection:
    title = scene.picker.take("titles", scene.spread.content.synthesis.titles)
    passages = list(told(seen, scene)) if seen else []
    passages += [_thread(scene), _bridge(scene), *_answer(scene), _close(scene)]
    return PlannedSection("synthesis", title.text, tuple(passages))


def _thread(scene: Scene) -> Planned:
    thread = scene.thread
    read = scene.wording("threads", ThreadsFile)
    variant = scene.picker.take(f"threads.{thread.line}", getattr(read.content, thread.line.value))
    first, last = scene.at(thread.positions[0]), scene.at(thread.positions[-1])
    names = [("theme.running", scene.theme(thread.theme).content.running), ("count.all", NUMBERS[len(thread.positions)])]
    names += [("strained.at", first), ("eased.at", last), ("first.at", first), ("last.at", last)]
    if thread.other:
        names.append(("other.running", scene.theme(thread.other).content.running))
    key = f"{thread.line}.{variant.id}"
    return Planned("synthesis", read.file, key, variant.text, tuple(names), None, thread.theme, thread.voice)


def _bridge(scene: Scene) -> Planned:
    """Return the one sentence of a card on the thread's theme; in a tension, from either end by seed."""
    thread = scene.thread
    place, voice = thread.positions[0], thread.voice
    if thread.line is Line.TENSION:
        voice = Voice(scene.picker.chance("bridge", [voice.value for voice in Voice]))
        place = thread.positions[0 if voice is Voice.SHADOW else 1]
    card = scene.cards[place]
    text = getattr(scene.entry(place).bridge, voice.value)
    key = f"{card.orientation}.bridge.{voice}"
    return Planned("bridge", scene.texts[place].file, key, text, (), None, card.meaning.theme, voice)


def _answer(scene: Scene) -> Iterator[Planned]:
    answers = scene.spread.content.synthesis.answers
    if answers:
        answer = scene.picker.take("answers", answers)
        yield _joined(scene, f"synthesis.answers.{answer.id}", answer.text)


def _close(scene: Scene) -> Planned:
    closing = scene.picker.take("closings", scene.spread.content.synthesis.closings)
    return _joined(scene, f"synthesis.closings.{closing.id}", closing.text)


def _joined(scene: Scene, key: str, text: str) -> Planned:
    """Return a wording with the fragments of the positions it names."""
    names: list[tuple[str, str]] = []
    for position in scene.spread.positions:
        entry = scene.entry(position.id)
        names.append((f"{position.id}.{FRAGMENT_OF[position.role]}", entry.fragment(position.role)))
        if position.role is Role.OBSTACLE:
            names.append((f"{position.id}.handle", entry.handle))
    used = tuple((name, fragment) for name, fragment in names if name in text)
    return Planned("synthesis", scene.spread.file, key, text, used)


def _questions(scene: Scene) -> PlannedSection:
    heading = scene.wording("headings", HeadingsFile).content.questions
    return PlannedSection("questions", heading, tuple(questions_of(scene)))


def _practice(scene: Scene) -> PlannedSection:
    heading = scene.wording("headings", HeadingsFile).content.practice
    title, passage = practice_of(scene)
    return PlannedSection("practice", f"{heading}: {title}", (passage,))


def _care(scene: Scene) -> Iterator[PlannedSection]:
    read = scene.wording("care", CareFile)
    if note_due(scene):
        note = scene.picker.take("notes", read.content.notes)
        yield PlannedSection("care", None, (Planned("care", read.file, f"notes.{note.id}", note.text),))
    yield PlannedSection("footer", None, (Planned("footer", read.file, "footer", read.content.footer),))


def _themes(scene: Scene) -> PlannedSection:
    """Return a line for each theme that was primary, in the voice in which it came first."""
    headings = scene.wording("headings", HeadingsFile).content
    first: dict[ThemeId, Voice] = {}
    for place, card in scene.cards.items():
        first.setdefault(card.meaning.theme, scene.voices[place])
    lines = []
    for which, voice in first.items():
        found = scene.theme(which)
        content = found.content
        names = (("theme.name", content.name), ("theme.line", getattr(content, voice.value)))
        names += (("theme.section", content.section),)
        text = str(getattr(headings, f"theme_{voice}"))
        lines.append(Planned("theme", found.file, voice.value, text, names, None, which, voice))
    return PlannedSection("themes", headings.themes, tuple(lines))
