"""What people may type: texts of every kind, and what becomes of them by the rules that the docs state."""

# ruff: noqa: RUF001  the letters of other scripts are meant

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

MOST = {"question": 500, "reader": 60, "partner": 60, "support_text": 600}

DIRECTIONS = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
NO_CHARACTERS = {*range(0xFDD0, 0xFDF0), *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF))}

ACTIVE = (
    "</script>", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg/onload=alert(1)>", "<!--",
    "-->", "]]>", "<![CDATA[", "<?xml?>", "</q>", "</p></main>", "</style>", "</title>", "</text>", "</svg>", "&lt;",
    "&amp;", "&#60;", "&#x3c;", "&nbsp", "javascript:alert(1)", "data:text/html,x", "<b>", "<br/>", '" onclick="x',
    "{{ 7*7 }}", "{% for x in y %}", "{# x #}", "{{ partner.subj }}", "${7*7}", "#{7*7}", "%s", "{0}", "{}", "$(",
    "[a](b)", "![a](b)", "[a]: b", "[^1]", "*a*", "**a**", "_a_", "__a__", "`a`", "```", "~~a~~", "~~~", "# a", "> a",
    "- a", "+ a", "* a", "1. a", "2) a", "---", "***", "===", "| a | b |", "|-|-|", "<http://a.b>", "http://a.b",
    "www.a.b", "a@b.co", "<a@b.co>", "\\", "\\\\", "\\n", "- [ ] a", "    a", "$$", ":a:", "@a", "#1", "- ", "1.",
)  # fmt: skip
SCRIPTS = (
    "דנה", "שלום (עולם)", "מריה 12", "مريم", "محمد بن سلمان", "فارسی\u200cها", "ნინო", "李明", "ひろし", "ߒߞߏ",
    "Ὀδυσσεύς", "Zoë", "e\u0301", "a" + "\u0301\u0338\u20dd" * 8, "\u0338a", "ßeta", "ŉ", "ǆ", "ﬁ", "İ", "ı", "O'Neil",
    "नमस्ते", "👩🏽‍🤝‍👩🏻", "👨‍👩‍👧‍👦", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "❤️", "🇮🇱",
    "\u200b", "\u2060", "\ufeff", "\xad", "\u180e", "\u3164", "\ufff9a\ufffbb", "\ue000", "\U0010fffd", "\U000e0041",
    "\ufffd", "\u2800", "\u115f", "\u034f",
)  # fmt: skip
REFUSED = (
    "\x00", "\x07", "\x08", "\t", "\n", "\r", "\r\n", "\x1b[31m", "\x1b]0;x\x07", "\x1b]8;;http://a.b\x1b\\", "\x7f",
    "\x85", "\x9b31m", "\x9d", "\u2028", "\u2029", "\u200e", "\u200f", "\u061c", "\u202a", "\u202e", "\u202c",
    "\u2066", "\u2067", "\u2068", "\u2069", "\ud800", "\udfff", "\ufdd0", "\ufffe", "\uffff", "\U0010ffff",
)  # fmt: skip
EVERY = st.characters(categories=("L", "M", "N", "P", "S", "Z", "C"))
ANYTHING = st.lists(
    st.text(EVERY, max_size=12) | st.sampled_from(ACTIVE) | st.sampled_from(SCRIPTS) | st.sampled_from(REFUSED),
    min_size=1, max_size=12,
).map("".join)  # fmt: skip


def unfit(text: str) -> str | None:
    """Return the first character of a text that no person's words may hold."""
    for c in text.strip():
        if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or ord(c) in DIRECTIONS | NO_CHARACTERS:
            return c
    return None


def evened(text: str) -> str:
    """Return a text with one plain space wherever it has spaces."""
    return " ".join(text.split())


def fit(most: int) -> st.SearchStrategy[str]:
    """Return texts that a person may type, of up to `most` characters: from one character to exactly as many."""
    pieces = st.text(EVERY, max_size=12) | st.sampled_from(ACTIVE) | st.sampled_from(SCRIPTS)
    loose = st.lists(pieces, min_size=1, max_size=12).map("".join)
    full = st.sampled_from((*ACTIVE, *SCRIPTS)).map(lambda piece: (piece * most)[:most])
    return (loose | full).map(lambda text: _fitted(text, most)).filter(bool)


def _fitted(text: str, most: int) -> str:
    kept = "".join(c if unfit(f".{c}.") is None else " " for c in text)
    return evened(kept)[:most].strip()


def people() -> st.SearchStrategy[dict[str, str]]:
    """Return the words of a whole call: question, both names and support text."""
    return st.fixed_dictionaries({option: fit(most) for option, most in MOST.items()})
