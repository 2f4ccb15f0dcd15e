"""Two printers, LaTeX and Unicode text, for one description of each node.

A node says *what* it shows (`p.fraction(a, b)`); the printer says how. What is
printed is the term as written: order, grouping and fractions are kept, and
brackets stand exactly where the tree needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from derivations.terms.arithmetic import ADD, ATOM, MUL, POW, Add, Div, Exp, Log, Mul, Neg, Number, Pow, Sub, Unary
from derivations.terms.relations import SIGNS
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
).split()
_UNICODE = dict(zip(_GREEK, "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True)) | {"oo": "∞"}
_FUNCTIONS = "arccos arcsin arctan cos cosh cot det exp log max min sin sinh tan tanh".split()
"""What LaTeX sets upright by a command of that name."""
_LETTERS = frozenset((*_GREEK, *"varepsilon vartheta varpi varrho varsigma varphi varkappa Upsilon ell".split()))
ACCENTS = {
    "hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "ddot": "\u0308", "dot": "\u0307", "check": "\u030c",
    "breve": "\u0306",
}  # fmt: skip
"""What may stand above a letter, as the end of a name: `betahat`; and as Unicode combines it."""
SHORT = 200
"""What is longer is not kept: a long sum has a long print for each of its beginnings."""
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


class Printer:
    """What a node may ask for. `p(term, level)` brackets a term that binds looser than `level`.

    A printer has no state: what it says of a term is kept with the term, if it is short.
    """

    _kept: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls._kept = f"shown by {cls.__name__}"

    def __call__(self, term: Term, level: int = 0) -> str:
        body: str | None = term.__dict__.get(self._kept)
        if body is None:
            body = term.show(self)
            if len(body) <= SHORT:
                term.__dict__[self._kept] = body
        return self.bracket(body) if self.level(term) < level else body

    def level(self, term: Term) -> int:
        return term.level

    def bracket(self, body: str) -> str:
        return f"({body})"

    def number(self, digits: str) -> str:
        return digits

    def words(self, text: str) -> str:
        return text

    def either(self, latex: str, text: str) -> str:
        """What is written in its own way in LaTeX and in text."""
        raise NotImplementedError

    def name(self, name: str, bold: bool = False) -> str:
        raise NotImplementedError

    def sign(self, sign: str) -> str:
        raise NotImplementedError

    def fraction(self, top: Term, bottom: Term) -> str:
        raise NotImplementedError

    def fraction_of(self, top: str, bottom: str) -> str:
        raise NotImplementedError

    def power(self, base: Term, exponent: Term) -> str:
        raise NotImplementedError

    def root(self, body: Term) -> str:
        raise NotImplementedError

    def call(self, name: str, args: Sequence[Term], bar: int | None = None, bold: bool = False) -> str:
        raise NotImplementedError

    def fence(self, left: str, body: Term, right: str) -> str:
        raise NotImplementedError

    def subscript(self, base: str, indices: Iterable[Term]) -> str:
        raise NotImplementedError

    def transpose(self, body: str) -> str:
        raise NotImplementedError

    def big(self, operator: str, variable: Term, low: Term, high: Term, body: Term) -> str:
        raise NotImplementedError

    def limit(self, variable: Term, point: Term, body: Term, side: str = "") -> str:
        raise NotImplementedError

    def derivative(self, body: Term, variable: Term) -> str:
        raise NotImplementedError

    def gradient(self, body: Term, variable: Term) -> str:
        raise NotImplementedError

    def jacobian(self, body: Term, variable: Term) -> str:
        raise NotImplementedError

    def operator(self, name: str, args: Sequence[Term]) -> str:
        raise NotImplementedError

    def as_tends(self, variable: Term, point: Term) -> str:
        raise NotImplementedError

    def cross(self) -> str:
        raise NotImplementedError

    def space(self, name: str) -> str:
        return name

    def conditional(self, name: str, body: Term, given: Sequence[str]) -> str:
        raise NotImplementedError

    def density(self, letter: str, of: Sequence[str], given: Sequence[str]) -> str:
        raise NotImplementedError

    def integral(self, space: str, finite: bool, variable: Term, body: Term) -> str:
        raise NotImplementedError

    def probability(self, events: Sequence[Term]) -> str:
        return f"Pr({_join_args([self(e) for e in events], 1 if len(events) > 1 else None, ' | ')})"

    def law(self, name: str, parameters: Sequence[Term]) -> str:
        return f"{name}({', '.join(self(p) for p in parameters)})"

    def definite_integral(self, variable: Term, low: Term, high: Term, body: Term) -> str:
        raise NotImplementedError

    def evaluated(self, variable: Term, low: Term, high: Term, body: Term) -> str:
        raise NotImplementedError

    def timed(self, name: str, time: Term) -> str:
        """S_{t+1}, written close."""
        index = self(time).replace(" + ", "+").replace(" - ", "-")
        return f"{self.name(name)}_{index}" if len(index) == 1 else f"{self.name(name)}_{{{index}}}"

    def norm(self, body: Term, frobenius: bool) -> str:
        raise NotImplementedError

    def infix(self, operator: str, left: Term, right: Term) -> str:
        """left ⊙ right, left ⊗ right: they bind like a product, and bracket one."""
        raise NotImplementedError

    def bold_digit(self, digit: int) -> str:
        return str(digit)

    # -- shared layout ---------------------------------------------------------
    def negative(self, operand: Term) -> str:
        """-u; -(3) is not the number -3."""
        body = self(operand, MUL)
        return f"-{self.bracket(body) if isinstance(operand, Number) and operand.level >= MUL else body}"

    def first_of(self, left: Term, right: Term) -> str:
        """What a + or − follows: a sum whose bound name stands on the right, too, is bracketed."""
        return self.bracket(self(left)) if _names_bound_last(left) & {s.name for s in right.free} else self(left, ADD)

    def product(self, left: Term, right: Term) -> str:
        first = self.closed(left, MUL)
        second = self(
            right, MUL if is_open(right) and self.level(right) == MUL and not isinstance(right, Mul) else MUL + 1
        )
        mixed = first[-1:].isdigit() and _ends_in_digits(left) and re.match(r"\\frac\{\d+\}\{\d+\}", second)
        sign = f" {self.cross()} " if mixed else self.times(left, right, second)
        return f"{self.beside(left, first, second)}{sign}{second}"

    def beside(self, left: Term, first: str, second: str) -> str:
        """The first of two factors, where the second is known."""
        return first

    def times(self, left: Term, right: Term, second: str) -> str:
        return f" {self.cross()} " if second[:1].isdigit() else " "

    def closed(self, term: Term, level: int) -> str:
        """A term that something follows: `Σ a` and `log x` are bracketed, or they would swallow it."""
        body = self(term, level)
        return self.bracket(body) if is_open(term) and self.level(term) >= level else body

    def prefix_call(self, name: str, operand: Term) -> str:
        if operand.level >= ATOM and not isinstance(operand, Number):
            return f"{self.function_name(name)} {self(operand)}"
        return self.call(name, (operand,))

    def function_name(self, name: str) -> str:
        return name


def _ends_in_digits(term: Term) -> bool:
    """2 and x 2: beside a fraction of digits they would read as a mixed number."""
    return _ends_in_digits(term.right) if isinstance(term, Mul) else isinstance(term, Number)


def is_open(term: Term) -> bool:
    """Its print ends with an operand that reaches as far right as it can (`Σ_t a_t`, `log x`)."""
    if getattr(term, "reaches_right", False):
        return True
    if isinstance(term, Mul):
        return is_open(term.right)
    return isinstance(term, Neg) and is_open(term.operand)


def _may_end(body: Term, index: Term) -> bool:
    """A product over an index may be taken to end before a factor that does not speak of it."""
    while isinstance(body, Mul):
        if index not in body.right.free:
            return True
        body = body.left
    return False


def without_accent(name: str) -> tuple[str, str] | None:
    """`betahat` as beta and hat; None for a name without an accent."""
    accent = next((accent for accent in ACCENTS if name.endswith(accent)), None)
    letter = name.removesuffix(accent) if accent is not None else ""
    return (letter, accent) if accent and (letter in _LETTERS or len(letter) == 1 and letter.isalpha()) else None


def _names_bound_last(term: Term) -> frozenset[str]:
    """The names bound by operators that end this sum or stand in it, with no bracket around them."""
    if isinstance(term, (Add, Sub)):
        return _names_bound_last(term.left) | _names_bound_last(term.right)
    if isinstance(term, Mul):
        return _names_bound_last(term.right)
    if isinstance(term, Neg):
        return _names_bound_last(term.operand)
    scope = term.scope() if getattr(term, "reaches_right", False) else None
    if scope is None:
        return frozenset()
    body: Any = getattr(term, "body", None)
    inner = _names_bound_last(body) if isinstance(body, Term) and body.level >= MUL else frozenset()
    return frozenset(symbol.name for symbol in scope.bound) | inner


class Latex(Printer):
    """LaTeX that reads back to the term it was printed from."""

    _functions: ClassVar = {name: rf"\{name}" for name in _FUNCTIONS}

    def level(self, term: Term) -> int:
        if isinstance(term, Div):
            return POW
        if isinstance(term, Number) and term.number >= 0 and term.number.denominator != 1 and not term.written:
            return POW
        return term.level

    def bracket(self, body: str) -> str:
        return rf"\left({body}\right)" if _tall(body) else f"({body})"

    def words(self, text: str) -> str:
        return rf"\text{{{text}}}"

    def either(self, latex: str, text: str) -> str:
        return latex

    def name(self, name: str, bold: bool = False) -> str:
        if name == "oo":
            return r"\infty"
        head, *subs = name.split("_")
        head = head.rstrip("'") + "'" * (len(head) - len(head.rstrip("'")))
        plain = head.rstrip("'")
        primes = head[len(plain) :]
        match = re.fullmatch(r"([A-Za-z]+?)(\d+)", plain)
        if match and not subs:
            plain, subs = match.group(1), [match.group(2)]
        accented = without_accent(plain)
        if accented is not None:
            letter, accent = accented
            return rf"\{accent}{{{self.name(letter, bold)}}}" + self.below(primes, subs)
        if plain in _LETTERS:
            body = rf"\{plain}"
        elif len(plain) == 1 or not plain.isascii():
            body = plain
        else:
            body = rf"\mathrm{{{plain}}}"
        if bold:
            body = rf"\mathbf{{{plain}}}" if plain not in _LETTERS else rf"\bm{{\{plain}}}"
        return body + self.below(primes, subs)

    def below(self, primes: str, subs: Sequence[str]) -> str:
        """The primes and the subscript of a name."""
        inner = ",".join(rf"\{s}" if s in _LETTERS else s for s in subs)
        return primes + (f"_{inner}" if len(inner) == 1 else f"_{{{inner}}}" if subs else "")

    def sign(self, sign: str) -> str:
        return SIGNS[sign][0]

    def cross(self) -> str:
        return r"\cdot"

    def fraction(self, top: Term, bottom: Term) -> str:
        return rf"\frac{{{self(top)}}}{{{self(bottom)}}}"

    def fraction_of(self, top: str, bottom: str) -> str:
        return rf"\frac{{{top}}}{{{bottom}}}"

    def power(self, base: Term, exponent: Term) -> str:
        body, up = self(base, POW + 1), self(exponent)
        if isinstance(base, Unary) and base.takes_brackets:  # \log(x)^2 may be \log(x^2)
            body = self.bracket(body) if not isinstance(base, Log) or not base.reaches_right else body
        return f"{body}^{{{up}}}" if len(up) > 1 else f"{body}^{up}"

    def beside(self, left: Term, first: str, second: str) -> str:
        r"""`\log(a) (b)` may be \log((a)(b))."""
        last = left
        while isinstance(last, Mul):
            last = last.right
        opens = (
            isinstance(last, Unary)
            and last.takes_brackets
            and not isinstance(last, Exp)
            and second.startswith(("(", r"\left("))
        )
        return self.bracket(self(left)) if opens else first

    def root(self, body: Term) -> str:
        return rf"\sqrt{{{self(body)}}}"

    def function_name(self, name: str) -> str:
        return self._functions.get(name) or self.name(name)

    def call(self, name: str, args: Sequence[Term], bar: int | None = None, bold: bool = False) -> str:
        inner = _join_args([self(a) for a in args], bar, r" \mid ")
        word = self.name(name, bold=True) if bold else self.function_name(name)
        return f"{word}{_latex_fence('(', inner, ')')}"

    def fence(self, left: str, body: Term, right: str) -> str:
        inner = self(body)
        if left == "|" and not _tall(inner):  # |a| b |c| could be paired otherwise
            return rf"\lvert {inner} \rvert"
        return _latex_fence(left, inner, right)

    def subscript(self, base: str, indices: Iterable[Term]) -> str:
        inner = ",".join(self(i) for i in indices)
        return f"{base}_{inner}" if len(inner) == 1 else f"{base}_{{{inner}}}"

    def transpose(self, body: str) -> str:
        return rf"{body}^\top"

    def norm(self, body: Term, frobenius: bool) -> str:
        return _latex_fence(r"\lVert ", self(body), r" \rVert") + ("_F" if frobenius else "")

    def infix(self, operator: str, left: Term, right: Term) -> str:
        return rf"{self(left, MUL + 1)} \{operator} {self(right, MUL + 1)}"

    def bold_digit(self, digit: int) -> str:
        return rf"\mathbf{{{digit}}}"

    def big(self, operator: str, variable: Term, low: Term, high: Term, body: Term) -> str:
        sign = {"sum": r"\sum", "product": r"\prod"}[operator]
        bounds = f"_{{{self(variable)}={self(low)}}}^{{{self(high)}}}"
        return f"{sign}{bounds} {self(body, MUL + 1 if operator == 'product' and _may_end(body, variable) else MUL)}"

    def limit(self, variable: Term, point: Term, body: Term, side: str = "") -> str:
        end = f"{self(point)}^{{{side}}}" if side else self(point)
        return rf"\lim_{{{self(variable)} \to {end}}} {self(body, MUL)}"

    def derivative(self, body: Term, variable: Term) -> str:
        return rf"\frac{{\partial}}{{\partial {self(variable)}}} {self.differentiated(body)}"

    def differentiated(self, body: Term) -> str:
        """A product that begins with a bracket is bracketed: the derivative might be of that alone."""
        said = self(body, MUL)
        begins = isinstance(body, Mul) and said.startswith(("(", "[", r"\left(", r"\left["))
        return self.bracket(said) if begins else said

    def gradient(self, body: Term, variable: Term) -> str:
        return rf"\nabla_{{{self(variable)}}} {self.differentiated(body)}"

    def jacobian(self, body: Term, variable: Term) -> str:
        return rf"\frac{{\partial}}{{\partial {self.transpose(self(variable))}}} {self(body, MUL)}"

    def probability(self, events: Sequence[Term]) -> str:
        return r"\Pr" + _latex_fence(
            "(", _join_args([self(e) for e in events], 1 if len(events) > 1 else None, r" \mid "), ")"
        )

    def law(self, name: str, parameters: Sequence[Term]) -> str:
        word = rf"\mathcal{{{name}}}" if len(name) == 1 else rf"\mathrm{{{name}}}"
        return word + _latex_fence("(", ", ".join(self(p) for p in parameters), ")")

    def operator(self, name: str, args: Sequence[Term]) -> str:
        word = {"E": r"\mathbb{E}", "Var": r"\mathbb{V}", "Cov": r"\operatorname{Cov}"}.get(
            name, rf"\operatorname{{{name}}}"
        )
        return word + _latex_fence("[", ", ".join(self(a) for a in args), "]")

    def as_tends(self, variable: Term, point: Term) -> str:
        return rf" \quad ({self(variable)} \to {self(point)})"

    def space(self, name: str) -> str:
        return rf"\mathcal{{{name}}}"

    def conditional(self, name: str, body: Term, given: Sequence[str]) -> str:
        word = {"E": r"\mathbb{E}", "Var": r"\mathbb{V}"}[name]
        return word + _latex_fence("[", _join_args([self(body), *given], 1, r" \mid "), "]")

    def density(self, letter: str, of: Sequence[str], given: Sequence[str]) -> str:
        inner = _join_args([*of, *given], len(of) if given else None, r" \mid ")
        return self.name(letter) + _latex_fence("(", inner, ")")

    def integral(self, space: str, finite: bool, variable: Term, body: Term) -> str:
        if finite:
            return rf"\sum_{{{self(variable)} \in {self.space(space)}}} {self(body, MUL)}"
        return rf"\int_{{{self.space(space)}}} {self(body, MUL)} \, d{self(variable)}"

    def definite_integral(self, variable: Term, low: Term, high: Term, body: Term) -> str:
        return rf"\int_{{{self(low)}}}^{{{self(high)}}} {self(body, MUL)} \, d{self(variable)}"

    def evaluated(self, variable: Term, low: Term, high: Term, body: Term) -> str:
        return rf"\left[{self(body)}\right]_{{{self(variable)}={self(low)}}}^{{{self(high)}}}"


class Text(Printer):
    """Unicode on one line, for terminals and messages."""

    def either(self, latex: str, text: str) -> str:
        return text

    def name(self, name: str, bold: bool = False) -> str:
        return "_".join(self.letter(part) for part in name.split("_"))

    def letter(self, part: str) -> str:
        accented = without_accent(part)
        if accented is not None and (accented[0] in _UNICODE or len(accented[0]) == 1):
            return _UNICODE.get(accented[0], accented[0]) + ACCENTS[accented[1]]
        return _UNICODE.get(part, part)

    def sign(self, sign: str) -> str:
        return SIGNS[sign][1]

    def cross(self) -> str:
        return "·"

    def fraction(self, top: Term, bottom: Term) -> str:
        return f"{self.closed(top, MUL)}/{self(bottom, POW)}"

    def fraction_of(self, top: str, bottom: str) -> str:
        return f"{top}/{bottom}"

    def power(self, base: Term, exponent: Term) -> str:
        up = self(exponent)
        if re.fullmatch(r"-?\d+", up):
            return self(base, POW + 1) + up.translate(_SUPERSCRIPT)
        return f"{self(base, POW + 1)}^{self(exponent, POW + 1)}"

    def root(self, body: Term) -> str:
        return f"√{self(body, ATOM)}"

    def call(self, name: str, args: Sequence[Term], bar: int | None = None, bold: bool = False) -> str:
        inner = _join_args([self(a) for a in args], bar, " | ")
        return f"{self.name(name)}({inner})"

    def fence(self, left: str, body: Term, right: str) -> str:
        return f"{left}{self(body)}{right}"

    def subscript(self, base: str, indices: Iterable[Term]) -> str:
        parts = [self(i) for i in indices]
        if all(len(part) == 1 and part.isalnum() for part in parts):
            return f"{base}_{''.join(parts)}"
        return f"{base}_{{{','.join(parts)}}}"

    def transpose(self, body: str) -> str:
        return f"{body}ᵀ"

    def norm(self, body: Term, frobenius: bool) -> str:
        return f"‖{self(body)}‖" + ("_F" if frobenius else "")

    def infix(self, operator: str, left: Term, right: Term) -> str:
        return f"{self(left, MUL + 1)} {'⊙' if operator == 'odot' else '⊗'} {self(right, MUL + 1)}"

    def big(self, operator: str, variable: Term, low: Term, high: Term, body: Term) -> str:
        sign = {"sum": "Σ", "product": "Π"}[operator]
        return f"{sign}_{{{self(variable)}={self(low)}}}^{{{self(high)}}} {self(body, MUL)}"

    def limit(self, variable: Term, point: Term, body: Term, side: str = "") -> str:
        end = {"": "", "+": "⁺", "-": "⁻"}[side]
        return f"lim_{{{self(variable)}→{self(point)}{end}}} {self(body, MUL)}"

    def derivative(self, body: Term, variable: Term) -> str:
        return f"∂/∂{self(variable)} {self(body, MUL)}"

    def gradient(self, body: Term, variable: Term) -> str:
        return f"∇_{self(variable)} {self(body, MUL)}"

    def jacobian(self, body: Term, variable: Term) -> str:
        return f"∂/∂{self.transpose(self(variable))} {self(body, MUL)}"

    def operator(self, name: str, args: Sequence[Term]) -> str:
        inner = ", ".join(self(a) for a in args)
        return f"E[{inner}]" if name == "E" else f"{name}({inner})"

    def as_tends(self, variable: Term, point: Term) -> str:
        return f"  ({self(variable)} → {self(point)})"

    def conditional(self, name: str, body: Term, given: Sequence[str]) -> str:
        inner = _join_args([self(body), *given], 1, " | ")
        return f"E[{inner}]" if name == "E" else f"{name}({inner})"

    def density(self, letter: str, of: Sequence[str], given: Sequence[str]) -> str:
        return f"{self.name(letter)}({_join_args([*of, *given], len(of) if given else None, ' | ')})"

    def integral(self, space: str, finite: bool, variable: Term, body: Term) -> str:
        if finite:
            return f"Σ_{{{self(variable)}∈{space}}} {self(body, MUL)}"
        return f"∫_{space} {self(body, MUL)} d{self(variable)}"

    def definite_integral(self, variable: Term, low: Term, high: Term, body: Term) -> str:
        return f"∫_{{{self(low)}}}^{{{self(high)}}} {self(body, MUL)} d{self(variable)}"

    def evaluated(self, variable: Term, low: Term, high: Term, body: Term) -> str:
        return f"[{self(body)}]_{{{self(variable)}={self(low)}}}^{{{self(high)}}}"


def _join_args(parts: Sequence[str], bar: int | None, sign: str) -> str:
    if bar is None:
        return ", ".join(parts)
    return ", ".join(parts[:bar]) + sign + ", ".join(parts[bar:])


def _tall(body: str) -> bool:
    return any(mark in body for mark in (r"\frac", r"\sum", r"\prod", "^", r"\left", r"\lim", r"\int"))


def _latex_fence(left: str, inner: str, right: str) -> str:
    if _tall(inner):
        return rf"\left{left}{inner}\right{right}"
    return f"{left}{inner}{right}"


LATEX = Latex()
TEXT = Text()

__all__ = ["ADD", "ATOM", "LATEX", "MUL", "POW", "TEXT", "Latex", "Pow", "Printer", "Symbol", "Text", "is_open"]
