"""The end of a reading: questions to sit with, one practice, and when the short note is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intimacy_tarot._models import Role, Voice
from intimacy_tarot._planned import Planned
from intimacy_tarot._spread import Owner
from intimacy_tarot._wording import PracticesFile, QuestionsFile

if TYPE_CHECKING:
    from intimacy_tarot._dealing import Dealing
    from intimacy_tarot._models import ThemeId
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._ways import Matter

DESCRIPTIVE: Final = (Role.GROUND, Role.BETWEEN, Role.PERSON, Role.OBSTACLE)
"""The roles that tell how things are; a care-2 card there brings the short note."""


def questions_of(scene: Scene) -> list[Planned]:
    """Return the questions: one of the article's three by theme, between questions of cards.

    A card's own question is asked only where the card speaks in the voice of its own base, so that no
    question contradicts what was read.
    """
    asked = [_ask(scene, place) for place in _asking(scene)[: 2 if len(scene.cards) > 2 else 1]]
    return [*asked[:1], _reflection(scene), *asked[1:]]


def _asking(scene: Scene) -> list[str]:
    """Return the positions whose cards may ask: a trouble's first, for all comes back to it, and those of the thread.

    The partner's ask nothing of the reader.
    """
    owners = {position.id: position.owner for position in scene.spread.positions}
    troubles = [position.id for position in scene.with_role(Role.OBSTACLE)]
    order = dict.fromkeys([*troubles, *scene.thread.positions, *scene.cards])
    return [place for place in order if scene.own_voice(place) and owners[place] is not Owner.PARTNER]


def _ask(scene: Scene, place: str) -> Planned:
    card = scene.cards[place]
    text = scene.texts[place]
    key = f"{card.orientation}.ask"
    return Planned(
        "question", text.file, key, scene.entry(place).ask, (), None, card.meaning.theme, scene.voices[place]
    )


def _reflection(scene: Scene) -> Planned:
    """Return the article's question for the theme that was asked about, or else for the thread's."""
    theme = scene.heard or scene.thread.theme
    which = scene.theme(theme).content.reflection
    read = scene.wording("questions", QuestionsFile)
    variant = scene.picker.take(f"questions.{which}", read.content.of(which))
    return Planned("question", read.file, f"{which}.{variant.id}", variant.text, (), None, theme)


def practice_of(scene: Scene, dealing: Dealing | None = None) -> tuple[str, Planned]:
    """Return a practice's title and its passage.

    It is the counsel card's own. Where the thread is strained, and the article offers another remedy for its theme than
    for that card's, it is one for the matter that the cards deal with, of a card on the table or shared, or one of that
    remedy; the counsel's stays if it is for the matter, or where nothing is for it.
    """
    counsel = [position.id for position in scene.with_role(Role.COUNSEL)]
    place = (counsel or list(scene.thread.positions))[-1]
    wanted, own = (scene.theme(theme).content.remedy for theme in (scene.thread.theme, _theme_at(scene, place)))
    if not counsel or scene.thread.voice is Voice.LIGHT or own == wanted:
        return _own_practice(scene, place)
    if dealing is None:
        return _remedy(scene, wanted)
    troubles = [position.id for position in scene.with_role(Role.OBSTACLE)]
    able = [it for it in (place, *troubles, *scene.cards) if dealing.matter in scene.entry(it).practice.matters]
    return _own_practice(scene, able[0]) if able else _remedy(scene, wanted, dealing.matter)


def _theme_at(scene: Scene, place: str) -> ThemeId:
    return scene.cards[place].meaning.theme


def _own_practice(scene: Scene, place: str) -> tuple[str, Planned]:
    card, practice = scene.cards[place], scene.entry(place).practice
    key = f"{card.orientation}.practice"
    return practice.title, Planned(
        "practice", scene.texts[place].file, key, practice.text, (), None, card.meaning.theme
    )


def _remedy(scene: Scene, which: str, matter: Matter | None = None) -> tuple[str, Planned]:
    """Return one of the practices that the article's remedy has, for a matter if there is one for that."""
    read = scene.wording("practices", PracticesFile)
    practices = read.content.of(which)
    apt = [practice for practice in practices if matter in practice.matters]
    practice = scene.picker.take(f"practices.{which}", apt or practices)
    key = f"{which}.{practice.id}"
    return practice.title, Planned("practice", read.file, key, practice.text, (), None, scene.thread.theme)


def note_due(scene: Scene) -> bool:
    """Whether the short note is shown.

    It is for a care-2 card in a descriptive role, a care-1 card at a ground or an obstacle of a tender
    spread, or a sign that touches on consent. It says nothing about the reader.
    """
    return any(
        _heavy(scene, place, position.role) for place, position in zip(scene.cards, scene.spread.positions, strict=True)
    )


def _heavy(scene: Scene, place: str, role: Role) -> bool:
    meaning, voice = scene.cards[place].meaning, scene.voices[place]
    if meaning.care == 2 and role in DESCRIPTIVE:
        return True
    if meaning.care == 1 and scene.spread.content.tender and role in (Role.GROUND, Role.OBSTACLE):
        return True
    signs = {sign.id: sign for sign in scene.theme(meaning.theme).content.signs}
    return voice is Voice.SHADOW and meaning.sign in signs and signs[meaning.sign].consent
