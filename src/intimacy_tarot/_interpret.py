"""A reading of cards: the cards drawn, what is true of them, what will be said, and the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intimacy_tarot._compose import compose
from intimacy_tarot._deck import DEFAULT_RATE
from intimacy_tarot._draw import DEFAULT_DECK, Draw, draw
from intimacy_tarot._heed import kind_of, theme_of
from intimacy_tarot._person import MOST_QUESTION, Person, one_line, person
from intimacy_tarot._plan import plan_of
from intimacy_tarot._planned import Kind, Plan
from intimacy_tarot._reading import Content, Headings, Reading
from intimacy_tarot._scene import scene_of
from intimacy_tarot._seed import Seed, canon
from intimacy_tarot._solo import care_plan, solo_plan
from intimacy_tarot._template import render
from intimacy_tarot._version import VERSION
from intimacy_tarot._wording import HeadingsFile

if TYPE_CHECKING:
    import os
    from collections.abc import Collection

    from intimacy_tarot._scene import Scene


def read(  # noqa: PLR0913  the main door: every option of a reading, by keyword
    spread: str | os.PathLike[str],
    *,
    seed: Seed | None = None,
    deck: str | os.PathLike[str] = DEFAULT_DECK,
    reversal_rate: float = DEFAULT_RATE,
    question: str | None = None,
    reader: str | Person | None = None,
    partner: str | Person | None = None,
    avoid: Collection[str] = (),
    support_text: str | None = None,
    show_themes: bool = True,
) -> Reading:
    """Draw cards for a spread and return a reading of them.

    The same arguments give the same reading, in every process and on every platform, for as long as
    the content is the same; the same seed gives the same cards for ever. `avoid` holds ids of
    passages, from earlier readings, that are taken only when nothing else is left. `question` is one line
    of up to 500 characters. `support_text`, one line of up to 600, is what the host application would add
    about help near the reader. Raises TarotError; no error repeats what was typed.

    >>> reading = read("emotional-block", seed="a quiet evening", partner="Robin")
    >>> reading.question
    "What's blocking our emotional connection?"
    """
    drawn = draw(spread, seed=seed, deck=deck, reversal_rate=reversal_rate)
    return interpret(
        drawn, question=question, reader=reader, partner=partner, avoid=avoid,
        support_text=support_text, show_themes=show_themes,
    )  # fmt: skip


def interpret(
    draw: Draw,
    *,
    seed: Seed | None = None,
    question: str | None = None,
    reader: str | Person | None = None,
    partner: str | Person | None = None,
    avoid: Collection[str] = (),
    support_text: str | None = None,
    show_themes: bool = True,
) -> Reading:
    """Return a reading of cards that were drawn or laid.

    `seed` chooses among wordings and moves no card; without one it is the draw's own seed, or, for
    cards laid by hand, one that follows from the spread and the cards. Raises TarotError.

    >>> import intimacy_tarot as tarot
    >>> laid = tarot.lay("one-card", ["Strength"])
    >>> tarot.interpret(laid) == tarot.interpret(laid)
    True
    """
    wording_seed = _wording_seed(draw) if seed is None else seed
    canon(wording_seed)
    scene = scene_of(draw, wording_seed, avoid)
    drawn = scene.digest()
    asked = None if question is None else one_line(question, "a question", MOST_QUESTION)
    plan = _plan(scene, asked, show_themes=show_themes)
    with_partner = person(partner)
    with_reader = person(reader)
    headings = scene.wording("headings", HeadingsFile).content
    line = render(headings.reader, {"reader": with_reader}) if with_reader else None
    return Reading(
        draw=draw,
        question=scene.spread.question,
        asked=asked,
        reader=with_reader,
        partner=with_partner,
        support_text=support_text,
        show_themes=show_themes,
        avoid=tuple(avoid),
        seed=wording_seed,
        facts=scene.facts,
        plan=plan,
        sections=compose(plan, with_partner),
        content=Content(VERSION, scene.digest(), drawn),
        headings=Headings(headings.asked, line),
    )


def _plan(scene: Scene, asked: str | None, *, show_themes: bool) -> Plan:
    kind = kind_of(scene, asked)
    if kind is Kind.CARE:
        return care_plan(scene)
    if kind is Kind.SOLO:
        return solo_plan(scene)
    return plan_of(scene.turned_to(theme_of(scene, asked)), show_themes=show_themes)


def _wording_seed(draw: Draw) -> Seed:
    if draw.seed is not None:
        return draw.seed
    return ("laid", draw.spread, draw.deck, *(f"{card.card.id} {card.orientation}" for card in draw.cards))
