"""Prose for LaTeX: its special characters as they read, mathematical signs in math mode."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}",
    "−": "$-$", "–": "--", "—": "---", "…": r"\dots{}", "’": "'", "“": "``", "”": "''", "\u00a0": "~", "§": r"\S{}",
}  # fmt: skip
_MATH = {
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "→": r"\to", "⟺": r"\iff", "∞": r"\infty", "·": r"\cdot", "∈": r"\in",
    "∂": r"\partial", "∇": r"\nabla", "√": r"\surd", "Σ": r"\Sigma", "Π": r"\Pi", "ℝ": r"\mathbb{R}",
    "ℤ": r"\mathbb{Z}", "ℕ": r"\mathbb{N}",
    "ᵀ": r"{}^{\top}", "⁻": "{}^{-}", "∎": r"\square", "±": r"\pm", "×": r"\times", "∫": r"\int", "′": "{}'",
}  # fmt: skip
_MATH |= dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", (rf"{{}}^{digit}" for digit in range(10)), strict=True))
_MATH |= dict(zip("₀₁₂₃₄₅₆₇₈₉", (rf"{{}}_{digit}" for digit in range(10)), strict=True))

_ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328"


def escape(text: str) -> str:
    """Prose for LaTeX: its special characters as they read, mathematical signs in math mode."""
    return "".join(map(_character, text))


def quoting(text: str) -> str:
    """The same; what stands between backticks as it is typed."""
    said = map(escape, text.split("`"))
    return "".join(rf"\texttt{{{part}}}" if position % 2 else part for position, part in enumerate(said))


@lru_cache(maxsize=1024)
def _character(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char in _MATH:
        return f"${_MATH[char]}$"
    if char.isascii() or _accented(char):
        return char
    greek = _greek(char)
    return rf"$\{greek}$" if greek else f"[U+{ord(char):04X}]"


def _accented(char: str) -> bool:
    """A Latin letter under an accent that TeX can set over any letter."""
    parts = unicodedata.normalize("NFD", char)
    return char in "ßæœøåÆŒØÅłŁ" or (len(parts) == 2 and parts[0].isascii() and parts[1] in _ACCENTS)


_GREEK = frozenset((
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
).split())  # fmt: skip


def _greek(char: str) -> str:
    match = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", unicodedata.name(char, ""))
    if match is None:
        return ""
    word = match.group(2).lower().replace("lamda", "lambda")
    name = word if match.group(1) == "SMALL" else word.capitalize()
    return name if name in _GREEK else ""


def plain(text: str) -> str:
    """What of a title can stand in a PDF's own list of contents: letters, digits and common marks."""
    return "".join(char if char.isascii() and (char.isalnum() or char in " .,:;()/=+-'") else " " for char in text)


def anchor(target: str) -> str:
    """The name of a place that can be linked to."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", target)
