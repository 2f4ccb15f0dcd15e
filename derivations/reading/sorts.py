r"""What a name is, as people say it: "a positive integer", "vector of n", "random variables, i = 1, …, n".

One small language for the rows of a table, for sentences, and for `x \in \mathbb R^n`.
"""

from __future__ import annotations

import re
from typing import Any

from derivations.records import record

KINDS = (
    "number", "vector", "matrix", "random variable", "random vector", "random matrix", "function", "space", "values",
)  # fmt: skip


@record(frozen=True)
class Sort:
    """What a name is.

    kind:    one of KINDS
    integer, bounds: of a number: (relation, bound in LaTeX) such as (">", "0")
    sizes:   of a vector or matrix: its sizes in LaTeX
    indices: of an indexed family: (index, first, last) in LaTeX for each index
    values:  the elements of a finite set, in LaTeX
    space:   the name of a space
    smooth, bar: of a function: it is differentiable; so many arguments stand before a bar, π(a | s)
    """

    kind: str = "number"
    integer: bool = False
    bounds: tuple[tuple[str, str], ...] = ()
    sizes: tuple[str, ...] = ()
    indices: tuple[tuple[str, str, str], ...] = ()
    values: tuple[str, ...] = ()
    space: str = ""
    smooth: bool = False
    independent: bool = False
    bar: int = 0

    @property
    def said(self) -> str:
        """In words, as one would write it in a table."""
        parts = []
        match self.kind:
            case "vector" | "random vector":
                parts.append(f"{self.kind} of {self.sizes[0]}" if self.sizes else self.kind)
            case "matrix" | "random matrix":
                parts.append(f"{self.kind} {' x '.join(self.sizes)}" if self.sizes else self.kind)
            case "values":
                parts.append(f"values {', '.join(self.values)}")
            case "space":
                parts.append(f"element of {self.space}")
            case "function":
                parts.append("smooth function" if self.smooth else "function")
                parts += [f"vector of {self.sizes[0]}"] if self.sizes else []
                parts += [f"bar {self.bar}"] if self.bar else []
            case "number":
                parts.append("integer" if self.integer else "number")
            case _:
                parts.append(self.kind)
        parts += [f"{relation} {bound}" for relation, bound in self.bounds]
        parts += [f"{i} = {low}..{high}" for i, low, high in self.indices]
        return ", ".join(parts)


_WORDS = {
    "positive": (">", "0"), "nonnegative": (">=", "0"), "non-negative": (">=", "0"), "negative": ("<", "0"),
    "nonzero": ("!=", "0"), "non-zero": ("!=", "0"),
}  # fmt: skip
_NUMBERS = re.compile(r"\b(reals?|numbers?|scalars?|constants?|parameters?|variables?|points?)\b")
_RELATION = re.compile(r"(?:^|[\s,])(?:[A-Za-z\\_{}0-9^]*\s*)(>=|<=|!=|>|<|≥|≤|≠|\\geq?|\\leq?|\\neq?)\s*([^,;<>≤≥]+)")
_RANGE = re.compile(
    r"(?<![\w\\])([A-Za-z])\s*(?:=|\bfrom\b|\bin\b)\s*([0-9A-Za-z\\_{}+\- ]+?)\s*"
    r"(?:\.\.+|…|,?\s*\\l?dots\s*,?|,\s*…\s*,|to)\s*([^\s,;]+|\\infty)"
)
_PLAIN = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    r"\geq": ">=",
    r"\leq": "<=",
    r"\ge": ">=",
    r"\le": "<=",
    r"\neq": "!=",
    r"\ne": "!=",
}


def sort_of(said: str) -> Sort | None:
    """What these words say that something is; None if they say nothing of the kind."""
    text = re.sub(r"\s+", " ", said.strip().strip(".")).replace("$", "")
    set_sort = of_set(re.sub(r"^(?:an? )?(?:element of|in|\\in|∈)\s*", "", text))
    if set_sort is not None:
        return set_sort
    low = text.lower()
    bounds = [_WORDS[w] for w in re.findall(r"(?<![-\w])(?:non-?)?(?:positive|negative|zero)\b", low) if w in _WORDS]
    if (
        re.search(r"\bprobability|probabilities\b", low)
        and "random" not in low
        and not re.search(r"density|function", low)
    ):
        bounds += [(">=", "0"), ("<=", "1")]
    indices = tuple((i, a.strip(), b.strip()) for i, a, b in _RANGE.findall(text))
    rest = _RANGE.sub("", text)
    bounds += [(_PLAIN.get(sign, sign), bound.strip()) for sign, bound in _RELATION.findall(rest)]
    integer = bool(re.search(r"\b(integers?|natural numbers?|whole numbers?|ind(ex|ices))\b", low))
    if "natural number" in low and not bounds:
        bounds.append((">=", "1"))
    smooth = bool(re.search(r"\b(smooth|differentiable)\b", low))
    independent = "independent" in low or "i.i.d" in low or re.search(r"\biid\b", low) is not None
    made: dict[str, Any] = {
        "integer": integer, "bounds": tuple(dict.fromkeys(bounds)), "indices": indices, "independent": independent,
    }  # fmt: skip
    if re.search(r"\bfunctions?\b", low):
        size = re.search(r"vector of (\S+?)(?:,|$|\s)", text)
        bar = re.search(r"\bbar (\d)", low)
        sizes = (size.group(1),) if size else ()
        return Sort("function", smooth=smooth, sizes=sizes, bar=int(bar.group(1)) if bar else 0)
    if re.search(r"\brandom matri(?:x|ces)\b", low):
        return Sort("random matrix", sizes=_sizes(text, 2), **made)
    if re.search(r"\brandom (vectors?)\b", low):
        return Sort("random vector", sizes=_sizes(text, 1), **made)
    if re.search(r"\brandom (variables?|numbers?|quantit|matri)", low) or re.fullmatch(r"random\b.*", low):
        return Sort("random variable", **made)
    if re.search(r"\b(column |row )?vectors?\b", low):
        return Sort("vector", sizes=_sizes(text, 1), **made)
    if re.search(r"\b(matrix|matrices)\b", low):
        return Sort("matrix", sizes=_sizes(text, 2), **made)
    if found := re.search(r"\b(?:values?|one of|either)\s+([^;]+)", text):
        values = tuple(v.strip() for v in re.split(r",|\bor\b|\band\b", found.group(1)) if v.strip())
        return Sort("values", values=values)
    if found := re.search(r"\b(?:space|element of|in the space)\s+\\?(?:mathcal\{)?([A-Za-z]+)", text):
        return Sort("space", space=found.group(1))
    if low in ("state", "states", "action", "actions", "space"):
        return Sort("space", space={"state": "S", "states": "S", "action": "A", "actions": "A"}.get(low, "X"))
    if integer or bounds or indices or _NUMBERS.search(low) or low in ("real", "real number", "float"):
        return Sort("number", **made)
    return None


_BY = re.compile(
    r"(?:\bof|\bin|\bmatri(?:x|ces)|[\s(])\s+([\w\\{}+\-]+?)\s*(?:\sx\s|×|\\times|-by-|\sby\s)\s*([\w\\{}+\-]+)"
)


def _sizes(text: str, count: int) -> tuple[str, ...]:
    match = _BY.search(text)
    if count == 2 and match is not None:
        return match.group(1).split()[-1], match.group(2)
    match = re.search(r"\bof (?:length |size |dimension )?(\\?\w+(?:_\{?\w+\}?)?)|(\w+)-dimensional", text)
    if count == 1 and match is not None:
        return (match.group(1) or match.group(2),)
    return ()


_BLACKBOARD = r"\\(?:mathbb|mathbf|Bbb|bm)\s*\{?\s*([RNZQ])\s*\}?"
_EXPONENT = r"(?:\s*\^\s*(?:\{([^{}]*)\}|(\S)))?"


def of_set(latex: str) -> Sort | None:
    r"""What an element of a set is: `\mathbb R^{m \times n}`, `\{0, 1\}`, `(0, 1)`, `\mathcal S`; None if unknown."""
    text = latex.strip().strip(".,; ")
    found = re.fullmatch(
        rf"{_BLACKBOARD}(?:\s*_\s*(?:\{{([^{{}}]*)\}}|([+*]|\d)))?{_EXPONENT}(?:_\s*\{{([^{{}}]*)\}})?", text
    )
    if found is not None:
        return _numbers(found)
    if text in ("R", "ℝ", "N", "ℕ", "Z", "ℤ"):
        return Sort(integer=text not in "Rℝ", bounds=((">=", "1"),) if text in "Nℕ" else ())
    found = re.fullmatch(r"(?:\\left\s*)?(?:\\\{|\\lbrace)\s*(.*?)\s*(?:\\right\s*)?(?:\\\}|\\rbrace)", text)
    if found is not None:
        return _listed(found.group(1))
    found = re.fullmatch(r"(?:\\left\s*)?([\[(\]])\s*(.+?)\s*,\s*(.+?)\s*(?:\\right\s*)?([\])\[])", text)
    if found is not None:
        left, low, high, right = found.groups()
        bounds = [] if "infty" in low else [(">=" if left == "[" else ">", low)]
        bounds += [] if "infty" in high else [("<=" if right == "]" else "<", high)]
        return Sort(bounds=tuple(bounds))
    found = re.fullmatch(r"\\(?:mathcal|mathscr|mathbb)\s*\{?\s*([A-Z])\s*\}?", text)
    if found is not None:
        return Sort("space", space=found.group(1))
    return None


def _numbers(found: re.Match[str]) -> Sort | None:
    letter, below, sign, power, short, after = found.groups()
    below = below or sign or after or ""
    power = power or short or ""
    bounds: list[tuple[str, str]] = [(">=", "1" if below.strip() != "0" else "0")] if letter == "N" else []
    if below.strip() in ("+", "*"):
        bounds = [("!=", "0")] if below.strip() == "*" else [(">", "0")]
    relation = re.fullmatch(r"\s*(>|<|\\geq?|\\leq?|≥|≤|>=|<=)\s*(\S+)\s*", below)
    if relation is not None:
        bounds = [(_PLAIN.get(relation.group(1), relation.group(1)), relation.group(2))]
    if power in ("+", "*", ">0"):
        bounds, power = ([("!=", "0")] if power == "*" else [(">", "0")]), ""
    if not power:
        return Sort(integer=letter in "NZ", bounds=tuple(bounds))
    sizes = [part.strip() for part in re.split(r"\\times|×", power)]
    return Sort("vector" if len(sizes) == 1 else "matrix", sizes=tuple(sizes), bounds=tuple(bounds))


def _listed(inside: str) -> Sort | None:
    dots = re.fullmatch(r"\s*(\S+?)\s*,\s*(?:\S+?\s*,\s*)?\\l?dots\s*,\s*(.+?)\s*", inside)
    if dots is not None:
        return Sort(integer=True, bounds=((">=", dots.group(1)), ("<=", dots.group(2))))
    parts = [part.strip() for part in inside.split(",")]
    if all(re.fullmatch(r"-?\d+(?:\.\d+)?", part) for part in parts) and parts:
        return Sort("values", values=tuple(parts))
    return None


def of_row(value: Any) -> Sort | None:
    """What a row of a table says: words, or a table `{kind = "vector", size = "n"}`."""
    if isinstance(value, dict):
        words = [str(value.get("kind", ""))] + [f"{k} {v}" for k, v in value.items() if k != "kind"]
        return sort_of(", ".join(words))
    return sort_of(str(value)) if value is not None else None
