"""What the cards come to: what is seen, an answer and a close, and the thread where either is wanting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from intimacy_tarot._argument import alike_in, argues, otherwise_in, step_in
from intimacy_tarot._looking import told
from intimacy_tarot._models import Role
from intimacy_tarot._pick import Choice
from intimacy_tarot._planned import Planned, PlannedSection, used_names, used_of
from intimacy_tarot._relating import claim_of
from intimacy_tarot._seen import number
from intimacy_tarot._thread import Line
from intimacy_tarot._wording import ThreadFile

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from intimacy_tarot._dealing import Dealing
    from intimacy_tarot._planned import Seen
    from intimacy_tarot._relating import Relation
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._spread import Answer, OpenVariant

MOST_SAID: Final = 120
"""What the paragraph may come to; a wording that would lead past it gives way to the next."""

LEAST_ANSWER: Final = 30
LEAST_CLOSING: Final = 18
"""The words that an answer and a closing have in any case, where the reading has room for them."""

MOST_SAID_AGAIN: Final = 1
"""How many telling words a bridge may share with its own card's passage."""

_LONG_WORD: Final = re.compile(r"[a-z]{4,}")
_COMMON_WORDS: Final = (
    "that this with from have been what when where which each other their them they then than there here into over "
    "more most much only such some somebody nobody anybody both your yours people person could would might like long "
    "after before under about down back still even ever once thing things well make made come came"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())


def synthesis_of(
    scene: Scene,
    seen: Seen | None,
    dealing: Dealing | None,
    framed: Collection[str],
    room: int,
    relations: Sequence[Relation] = (),
) -> list[PlannedSection]:
    """Return the end of the reading proper, within `room` words as far as its wording allows.

    A paragraph tells what is seen, and another goes from an answer to what two things in it come to, and to a
    close. Where nothing is seen, or the spread has no answer for this draw, all is one paragraph, and the thread
    with a card's sentence on it stands there; elsewhere they would only name what the answer says. `framed` are
    the names of fragments that a frame has said, and `relations` what may be claimed.
    """
    wording = scene.spread.content.synthesis
    title = scene.picker.take(f"{scene.spread.id}.synthesis.titles", wording.titles)
    looked = told(seen, scene) if seen else ()
    together = tells_thread(scene, seen)
    if together:
        looked = (*looked, thread_of_reading(scene), _bridge(scene, _bridged(scene)))
    used = sum(passage.words for passage in looked)
    answered = _argued(scene, dealing, room - used) or _answered(scene, framed, (used, room), relations)
    if together:
        return [PlannedSection("synthesis", title.text, (*looked, *answered))]
    if not seen:
        return [PlannedSection("synthesis", title.text, tuple(answered))]
    return [PlannedSection("synthesis", title.text, looked), PlannedSection("answer", None, tuple(answered))]


def _argued(scene: Scene, dealing: Dealing | None, room: int) -> list[Planned]:
    """Return the spread's verdict, how the cards deal with one matter, alike and otherwise, and the step.

    A verdict that names no trouble comes before the step.
    """
    if not argues(scene):
        return []
    verdict, step = _verdict(scene), step_in(scene, dealing)
    dealt = _dealt(scene, dealing, room - sum(it.words for it in (*verdict, *step))) if dealing else []
    return [*verdict, *dealt, *step] if _troubled(scene, verdict) else [*dealt, *verdict, *step]


def _dealt(scene: Scene, dealing: Dealing, room: int) -> list[Planned]:
    """Return how the cards deal with a matter, alike and otherwise, each within half of the room."""
    otherwise = otherwise_in(scene, dealing, room // 2)
    return [*alike_in(scene, dealing, room - sum(it.words for it in otherwise)), *otherwise]


def _troubled(scene: Scene, verdict: Sequence[Planned]) -> bool:
    """Whether a verdict says what the trouble comes to."""
    troubles = {position.id for position in scene.with_role(Role.OBSTACLE)}
    return any(name.partition(".")[0] in troubles for planned in verdict for name, _ in planned.names)


def _answered(
    scene: Scene, framed: Collection[str], words: tuple[int, int], relations: Sequence[Relation]
) -> list[Planned]:
    """Return the spread's answer, if it has one, with what it comes to, and a close; `words` are used and allowed."""
    answers, (used, room) = _answers(scene), words
    said, found = set[str](), list[Planned]()
    if answers:
        most = min(max(MOST_SAID - used - LEAST_CLOSING, LEAST_ANSWER), room - used - LEAST_CLOSING)
        found.append(_unsaid("answers", answers, (said, framed), most, scene))
        said = {name for name, _ in found[0].names}
        about = next(answer.sensed for answer in answers if found[0].key == f"synthesis.answers.{answer.id}")
        claim = claim_of(scene, relations, said, about)
        found += [claim] if claim else []
    used += sum(passage.words for passage in found)
    most = min(max(MOST_SAID - used, LEAST_CLOSING), room - used)
    return [*found, _unsaid("closings", scene.spread.content.synthesis.closings, (said, framed), most, scene)]


def tells_thread(scene: Scene, seen: Seen | None) -> bool:
    """Whether the last paragraph tells the thread: where the cards do not argue, and nothing is seen or answered."""
    return not argues(scene) and not (seen and _answers(scene))


def _answers(scene: Scene) -> list[Answer]:
    """Return the answers that fit the draw: those for what its cards name, or else those for any."""
    return scene.fitting(scene.spread.content.synthesis.answers)


def _verdict(scene: Scene) -> list[Planned]:
    """Return the spread's question answered in a sentence, if it has one for this draw."""
    verdicts = scene.spread.content.synthesis.verdicts
    able = [it for it in verdicts if it.fits(scene.voices, scene.senses)]
    found = scene.picker.pick(f"{scene.spread.id}.synthesis.verdicts", able)
    return [scene.joined(f"synthesis.verdicts.{found.id}", found.text)] if found else []


def said_by_answers(scene: Scene) -> list[set[str]]:
    """Return the names that each answer says which fits this draw, so that frames leave one of them free."""
    return [] if argues(scene) else [used_names(answer.text) for answer in _answers(scene)]


def thread_of_reading(scene: Scene) -> Planned:
    """Return the sentence that names the leading theme, and where it is strained or at ease.

    An echo passes over the counsel, which has something to do and nothing to be found.
    """
    thread, place = scene.thread, _bridged(scene)
    read = scene.wording("thread", ThreadFile)
    found = [where for where in thread.positions if scene.role(where) is not Role.COUNSEL]
    places = {
        Line.TENSION: (("strained", thread.positions[0]), ("eased", thread.positions[-1])),
        Line.ECHO: (("first", found[0] if found else place), ("last", found[-1] if found else place)),
    }.get(thread.line, (("place", place),))
    names = [("theme.running", scene.theme(thread.theme).content.running), ("count.all", number(len(thread.positions)))]
    for name, where in places:
        fragment = scene.entry(where).fragment(scene.role(where))
        names += [(f"{name}.at", scene.at(where)), (f"{name}.ref", scene.ref(where)), (f"{name}.fragment", fragment)]
    key = _key(scene, place)
    variant = scene.picker.take(f"thread.{key}", read.content.of(key))
    return Planned(
        kind="synthesis",
        file=read.file,
        key=f"{key}.{variant.id}",
        text=variant.text,
        names=used_of(names, variant.text),
        theme=thread.theme,
        voice=thread.voice,
    )


def _key(scene: Scene, place: str) -> str:
    """Return the key of the thread's wording: its line, and how a single place can be told."""
    line, role = scene.thread.line, scene.role(place)
    if line in (Line.ALONE, Line.TENSION):
        return line.value
    if line is Line.SINGLE and role in (Role.COUNSEL, Role.NEED):
        return f"{line}.{'offered' if role is Role.COUNSEL else 'wished'}"
    return f"{line}.{scene.thread.voice}"


def _unsaid(
    slot: str,
    variants: Sequence[Answer | OpenVariant],
    said: tuple[Collection[str], Collection[str]],
    room: int,
    scene: Scene,
) -> Planned:
    """Return an answer or a closing that says no fragment again, within the room or the shortest.

    `said` are those of the paragraph and those of the frames. Where every wording would say one of either
    again, one of a frame may be said; and where even so nothing is left, any.
    """
    found = {variant.id: scene.joined(f"synthesis.{slot}.{variant.id}", variant.text) for variant in variants}
    near, far = set(said[0]), {*said[0], *said[1]}
    fresh = [_without(found, names) for names in (far, near)]
    return _shortened(scene, f"{scene.spread.id}.synthesis.{slot}", fresh[0] or fresh[1] or found, room)


def _without(found: dict[str, Planned], names: Collection[str]) -> dict[str, Planned]:
    return {key: planned for key, planned in found.items() if not {name for name, _ in planned.names} & set(names)}


def _shortened(scene: Scene, slot: str, said: dict[str, Planned], room: int) -> Planned:
    shortest = min(planned.words for planned in said.values())
    most = max(room, shortest)
    found = scene.picker.take(slot, [Choice(key) for key in said], lambda choice: said[choice.id].words <= most)
    return said[found.id]


def _bridged(scene: Scene) -> str:
    """Return the place of the thread whose bridge may be said: the first that says nothing again, if one does."""
    thread = scene.thread
    places = thread.positions[:1] if thread.line is Line.TENSION else thread.positions
    return min(places, key=lambda place: _said_again(scene, place) > MOST_SAID_AGAIN)


def _said_again(scene: Scene, place: str) -> int:
    """Return how many telling words a bridge shares with its own card's passage."""
    return len(telling(_bridge(scene, place).text) & telling(scene.entry(place).passage(scene.role(place))))


def _bridge(scene: Scene, place: str) -> Planned:
    """Return the one sentence of a card on the leading theme."""
    card, voice = scene.cards[place], scene.thread.voice
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
