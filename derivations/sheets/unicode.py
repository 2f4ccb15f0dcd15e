"""The LaTeX in which rules are stated, as one line of Unicode for the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[{}^_$]|\s+|[^\\{}^_$\s]")
_SIGNS = {
    "leq": " ≤ ", "geq": " ≥ ", "neq": " ≠ ", "sim": " ~ ", "to": " → ", "iff": " ⟺ ", "implies": " ⟹ ", "in": " ∈ ",
    "pm": " ± ", "mp": " ∓ ", "cdot": " · ", "mid": " | ", "partial": "∂", "nabla": "∇", "infty": "∞",
    "sum": "Σ", "prod": "∏", "int": "∫", "cdots": "⋯", "ldots": "…", "dots": "…", "top": "ᵀ",
    "coloneqq": " := ", "approx": " ≈ ", "quad": "\0", "qquad": "\0", "lvert": "|", "rvert": "|",
}  # fmt: skip
_GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon varepsilon theta lambda mu nu xi pi rho sigma tau phi varphi psi omega".split(),
        "αβγδεεθλμνξπρστφφψω",
        strict=True,
    )
)
_WORDS = ("log", "exp", "lim", "sin", "cos", "tanh", "max", "min")
_GROUPED = ("text", "mathrm", "operatorname", "mathcal", "mathbf", "bm")
_NOTHING = ("big", "Big", "bigl", "bigr", "Bigl", "Bigr", "left", "right", "displaystyle", "limits")
_RAISED = str.maketrans("0123456789-+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ")


@lru_cache
def unicode(latex: str) -> str:
    r"""`\mathbb{V}[cu + b] = c^2\,\mathbb{V}[u]` as `Var[cu + b] = c² Var[u]`."""
    said = "".join(_read(_Tokens(latex)))
    for pattern, by in _TIDY:
        said = re.sub(pattern, by, said)
    return said.strip()


_TIDY = (
    (r" +", " "),
    (r" ?([,;]) ?", r"\1 "),
    (r" ?\0 ?", "   "),
    (r"([∂∇]) +", r"\1"),
    (r"\b(log|exp|lim|sin|cos|tanh|max|min) ([(_])", r"\1\2"),
    (r"(?<=\w)([Σ∏∫])", r" \1"),
)


class _Tokens:
    """What is left to be read."""

    def __init__(self, latex: str) -> None:
        self.left = _TOKEN.findall(latex)[::-1]

    def __bool__(self) -> bool:
        return bool(self.left)

    def next(self) -> str:
        return self.left.pop() if self.left else ""

    def group(self) -> str:
        """The next group, or the next sign by itself; as it stands."""
        first = self.next()
        while first.isspace():
            first = self.next()
        if first != "{":
            return first
        depth, taken = 1, []
        while depth and self:
            taken.append(self.next())
            depth += {"{": 1, "}": -1}.get(taken[-1], 0)
        return "".join(taken[:-1])


def _read(tokens: _Tokens) -> Iterator[str]:
    said = ""  # what was read so far
    while tokens:
        token = tokens.next()
        if token.startswith("\\"):
            part = _command(token[1:], tokens)
            if "frac" in token and re.search(r"([∂∇]|log|exp) *$", said):
                part = f"({part})"
        elif token in "^_":
            part = _script(token, tokens.group(), limits=bool(re.search(r"[Σ∏∫](_\w+|_\{[^}]*\})?$", said)))
        else:
            part = "" if token in "{}$" else token
        said += part
        yield part


def _command(name: str, tokens: _Tokens) -> str:
    if name in _SIGNS or name in _GREEK:
        return _SIGNS.get(name) or _GREEK[name]
    if name in _WORDS:
        return f" {name} "
    if name in _NOTHING:
        return ""
    if name == "mathbb":
        return {"V": "Var", "R": "ℝ"}.get(letter := tokens.group(), letter)
    if name in _GROUPED:
        return prose(tokens.group())
    if name in ("frac", "tfrac", "dfrac"):
        return f"{_above(unicode(tokens.group()))}/{_below(unicode(tokens.group()))}"
    if name == "sqrt":
        return f"√{_below(unicode(tokens.group()))}"
    return " " if name in (",", ";", ":", " ", "!") else name


def prose(said: str) -> str:
    """Prose, in which `$…$` is a formula."""
    return "".join(unicode(part) if n % 2 else part for n, part in enumerate(said.split("$")))


def _script(sign: str, group: str, limits: bool) -> str:
    inside = unicode(group)
    if sign == "^" and limits:
        return f"^{{{inside}}}"
    if sign == "^":
        if inside == "ᵀ" or all(c in "0123456789-+n" for c in inside):
            return inside.translate(_RAISED)
        return f"^{inside}" if len(inside) == 1 else f"^({inside})"
    short = inside.replace(", ", "")
    return f"_{short}" if short.isalnum() and (len(inside) == 1 or ", " in inside) else f"_{{{inside}}}"


def _above(said: str) -> str:
    """A numerator: in brackets if it is a sum."""
    return f"({said})" if re.search(r"[-+±⋯Σ]", re.sub(r"\([^()]*\)|_\{[^}]*\}", "", said)) else said


def _below(said: str) -> str:
    """In brackets unless it is one thing."""
    return said if re.fullmatch(r"\w+[²³]?", said) else f"({said})"
