"""Making the plan: every decision of a reading, each by one rule, before a word is composed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from intimacy_tarot._closing import note_due, practice_of, questions_of
from intimacy_tarot._conceit import touched, watched
from intimacy_tarot._framing import frames_of, hinges_of, most_hinges
from intimacy_tarot._models import FRAGMENT_OF, Role, ThemeId, Voice
from intimacy_tarot._notable import named, notable
from intimacy_tarot._patterns import family
from intimacy_tarot._pick import Choice
from intimacy_tarot._planned import Plan, Planned, PlannedSection, Seen
from intimacy_tarot._seen import number, seen_of, told, used_names
from intimacy_tarot._thread import Line
from intimacy_tarot._wording import CareFile, HeadingsFile, LensesFile, ThreadFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from intimacy_tarot._counted import Odds
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._spread import OpenVariant, Position


MOST_WORDS: Final = 845
"""What a reading of up to six cards may come to, headings and footer included."""

MOST_CARDS: Final = 6
WORDS_A_CARD: Final = 70
"""What each card beyond the sixth adds to that: its passage, its heading, its line of theme."""

TITLE_WORDS: Final = 16
"""What its title and the reader's name may take of that."""

SYNTHESIS_WORDS: Final = 158
"""What the synthesis may come to; a wording that would lead past it gives way to the next."""

MOST_SAID_AGAIN: Final = 1
"""How many telling words a bridge may share with its own card's passage."""

SPARED: Final = ("frame", "bridge", "pattern", "hinge")
"""What can be left out for length, in this order."""

LEAST_CLOSING: Final = 14
LEAST_THREAD: Final = 14


_LONG_WORD: Final = re.compile(r"[a-z]{4,}")
_COMMON_WORDS: Final = (
    "that this with from have been what when where which each other their them they then than there here into over "
    "more most much only such some somebody nobody anybody both your yours people person could would might like long "
    "after before under about down back still even ever once thing things well make made come came"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())


def plan_of(scene: Scene, *, show_themes: bool) -> Plan:
    """Return the plan of a reading."""
    seen = seen_of(scene)
    rare = notable(scene, seen)
    opening, positions = _opening(scene, seen, rare), list(_positions(scene, seen, rare))
    after = [_questions(scene), _practice(scene), *_care(scene)]
    if show_themes:
        after.append(_themes(scene))
    lensed = {position.id for position in scene.spread.positions if position.lens}
    most = most_words(len(scene.cards))
    needed = sum(section.words for section in (*map(_bare, (opening, *positions)), *after))
    room = min(SYNTHESIS_WORDS, most - TITLE_WORDS - needed)
    synthesis = _synthesis(scene, seen, room)
    sections = _fitted([opening, *positions, synthesis, *after], most, lensed)
    return Plan(scene.thread, seen, sections, heard=scene.heard)


def most_words(cards: int) -> int:
    """Return how many words a reading of so many cards may come to.

    >>> most_words(1), most_words(6), most_words(10)
    (845, 845, 1125)
    """
    return MOST_WORDS + WORDS_A_CARD * max(0, cards - MOST_CARDS)


def _bare(section: PlannedSection) -> PlannedSection:
    """Return a section without its frame or hinge."""
    return replace(section, passages=tuple(p for p in section.passages if p.kind not in ("frame", "hinge")))


def _fitted(
    sections: list[PlannedSection], most: int = MOST_WORDS, lensed: Collection[str] = ()
) -> tuple[PlannedSection, ...]:
    """Return the sections within `most` words: frames go first, the last first, then the bridge, what is rare, hinges.

    At a position with a lens, a frame that stands for it stays.
    """
    over = sum(section.words for section in sections) + TITLE_WORDS - most
    for kind in SPARED:
        for here in range(len(sections) - 1, -1, -1):
            section = sections[here]
            if over <= 0 or section.position in lensed:
                continue
            kept = tuple(passage for passage in section.passages if passage.kind != kind)
            over -= section.words
            sections[here] = replace(section, passages=kept)
            over += sections[here].words
    return tuple(sections)


def _opening(scene: Scene, seen: Seen | None, rare: Odds | None) -> PlannedSection:
    """Return the opening: how the spread begins, what is rare on the whole table, and what to watch."""
    content = scene.spread.content
    opening = scene.picker.take(f"{scene.spread.id}.openings", content.openings)
    passage = Planned("opening", scene.spread.file, f"openings.{opening.id}", opening.text)
    noticed = [named(scene, rare)] if rare and family(rare.what) == "table" else []
    return PlannedSection("opening", content.subtitle, (passage, *noticed, *watched(scene, seen)))


def _positions(scene: Scene, seen: Seen | None, rare: Odds | None) -> Iterator[PlannedSection]:
    spent = seen.positions if seen and seen.kind == "motif" else ()
    turning = touched(scene, seen)
    hinges = hinges_of(scene, spent, turning | _shared(scene, rare, turning, most_hinges(scene, spent)))
    frames = frames_of(scene, tuple(hinges))
    for position in scene.spread.positions:
        passages = [_lens(scene, str(position.lens))] if position.lens and position.id not in frames else []
        if position.id in frames:
            frame = frames[position.id]
            key = f"positions.{position.id}.frames.{frame.id}"
            passages.append(Planned("frame", scene.spread.file, key, frame.text))
        if position.id in hinges:
            passages.append(hinges[position.id])
        passages.append(card_passage(scene, position))
        name = scene.cards[position.id].name
        yield PlannedSection("position", position.heading, tuple(passages), position.id, name)


def _shared(scene: Scene, rare: Odds | None, taken: Collection[str], most: int) -> dict[str, Planned]:
    """Return what two places share, by the later of them, where it is rare and there is room for a hinge."""
    if rare is None or family(rare.what) == "table" or len(taken) >= most:
        return {}
    place = rare.positions[-1]
    return {} if scene.position(place).lens or place in taken else {place: named(scene, rare)}


def card_passage(scene: Scene, position: Position) -> Planned:
    """Return what the card at a position says there."""
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
    return Planned("lens", read.file, f"{lens}.{variant.id}", variant.text)


def _synthesis(scene: Scene, seen: Seen | None, room: int) -> PlannedSection:
    """Return the last paragraph: what is seen, the thread with its bridge, an answer, a close."""
    title = scene.picker.take(f"{scene.spread.id}.synthesis.titles", scene.spread.content.synthesis.titles)
    looked = list(told(seen, scene)) if seen else []
    place, bridge = _bridge(scene)
    room -= bridge.words + sum(passage.words for passage in looked)
    answers = scene.spread.content.synthesis.answers
    answer = [_fitting("answers", answers, room - LEAST_CLOSING - LEAST_THREAD, scene)] if answers else []
    room -= sum(passage.words for passage in answer)
    close = _fitting("closings", scene.spread.content.synthesis.closings, room - LEAST_THREAD, scene)
    room -= close.words
    return PlannedSection("synthesis", title.text, (*looked, _thread(scene, place, room), bridge, *answer, close))


def _thread(scene: Scene, place: str, room: int) -> Planned:
    """Return the sentence that names the leading theme, and brings in the card whose bridge follows."""
    thread = scene.thread
    read = scene.wording(f"threads/{thread.theme}", ThreadFile)
    key, variants = read.content.of(thread.line, thread.voice)
    first, last = scene.ref(thread.positions[0]), scene.ref(thread.positions[-1])
    names = (
        ("count.all", number(len(thread.positions))),
        ("strained.ref", first),
        ("eased.ref", last),
        ("first.ref", first),
        ("last.ref", last),
        ("card.ref", scene.ref(place)),
    )
    said = {
        variant.id: Planned(
            kind="synthesis",
            file=read.file,
            key=f"{key}.{variant.id}",
            text=variant.text,
            names=tuple(name for name in names if name[0] in used_names(variant.text)),
            theme=thread.theme,
            voice=thread.voice,
        )
        for variant in variants
    }
    return _shortened(scene, f"{thread.theme}.{key}", said, room)


def _fitting(slot: str, variants: tuple[OpenVariant, ...], room: int, scene: Scene) -> Planned:
    """Return an answer or a closing with its fragments: the highest that fits the room, or the shortest."""
    said = {variant.id: _joined(scene, f"synthesis.{slot}.{variant.id}", variant.text) for variant in variants}
    return _shortened(scene, f"{scene.spread.id}.synthesis.{slot}", said, room)


def _shortened(scene: Scene, slot: str, said: dict[str, Planned], room: int) -> Planned:
    shortest = min(planned.words for planned in said.values())
    most = max(room, shortest)
    found = scene.picker.take(slot, [Choice(key) for key in said], lambda choice: said[choice.id].words <= most)
    return said[found.id]


def _bridge(scene: Scene) -> tuple[str, Planned]:
    """Return a position of the thread, and its card's one sentence on the theme.

    It is that of the card which the sentence before it brings in: the first of an echo, and in a tension
    either end, by seed. One that would say again what its card's passage has said gives way to the next.
    """
    thread = scene.thread
    ends = [(place, thread.voice) for place in thread.positions]
    if thread.line is Line.ECHO:
        ends = ends[:1]
    elif thread.line is Line.TENSION:
        ends = [(thread.positions[0], Voice.SHADOW), (thread.positions[1], Voice.LIGHT)]
        if scene.picker.chance("bridge", [voice.value for voice in Voice]) == Voice.LIGHT:
            ends.reverse()
    place, voice = min(ends, key=lambda end: _said_again(scene, *end) > MOST_SAID_AGAIN)
    return place, _bridge_at(scene, place, voice)


def _said_again(scene: Scene, place: str, voice: Voice) -> int:
    """Return how many telling words a bridge shares with its own card's passage."""
    entry = scene.entry(place)
    return len(telling(getattr(entry.bridge, voice.value)) & telling(entry.passage(scene.role(place))))


def _bridge_at(scene: Scene, place: str, voice: Voice) -> Planned:
    card = scene.cards[place]
    return Planned(
        kind="bridge",
        file=scene.texts[place].file,
        key=f"{card.orientation}.bridge.{voice}",
        text=getattr(scene.entry(place).bridge, voice.value),
        theme=card.meaning.theme,
        voice=voice,
    )


def telling(text: str) -> set[str]:
    """Return the words of a text that carry something, by their stems.

    >>> sorted(telling("The two of you may pour from one cup."))
    ['pour']
    """
    words = {word for word in _LONG_WORD.findall(text.lower()) if word not in _COMMON}
    return {word.rstrip("s") for word in words} - _COMMON


def _joined(scene: Scene, key: str, text: str) -> Planned:
    """Return a wording with the fragments of the positions it names."""
    names: list[tuple[str, str]] = []
    for position in scene.spread.positions:
        entry = scene.entry(position.id)
        names.append((f"{position.id}.{FRAGMENT_OF[position.role]}", entry.fragment(position.role)))
        if position.role is Role.OBSTACLE:
            names.append((f"{position.id}.handle", entry.handle))
    used = tuple((name, fragment) for name, fragment in names if name in used_names(text))
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
        note = scene.picker.take("care.notes", read.content.notes)
        yield PlannedSection("care", None, (Planned("care", read.file, f"notes.{note.id}", note.text),))
    yield footer(scene)


def footer(scene: Scene) -> PlannedSection:
    """Return the line that every reading ends with."""
    read = scene.wording("care", CareFile)
    return PlannedSection("footer", None, (Planned("footer", read.file, "footer", read.content.footer),))


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
        line = str(getattr(content, voice.value))
        names = (("theme.running", content.running), ("theme.line", line), ("theme.section", content.section))
        text = str(getattr(headings, f"theme_{voice}"))
        lines.append(Planned("theme", found.file, voice.value, text, names, None, which, voice))
    return PlannedSection("themes", headings.themes, tuple(lines))
