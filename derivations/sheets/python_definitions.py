"""A definition in Python on the sheet: its source, set as a formula by latexify, beside the formula that it stands for.

latexify sets some expressions so that they read as something else; these are
refused, with what to write instead. And that both mean the same is tried at points.
"""

from __future__ import annotations

import ast
import inspect
import random
import re
import textwrap
from collections.abc import Iterator
from fractions import Fraction
from math import isclose
from typing import Any

from derivations.sheets.formulas import formula
from derivations.sheets.model import Code
from derivations.terms.arithmetic import is_literal, literal
from derivations.terms.families import Family
from derivations.terms.printing import LATEX
from derivations.terms.symbols import REAL
from derivations.terms.term import TermError
from derivations.writing import InPython

POINTS = 12
_LONGEST = 16  # members of a family that a point gives values to
_PREFIX = ("exp", "log", "log2", "log10", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sum", "prod")
"""What is set before its argument without brackets around both."""


def code(definition: InPython) -> Code:
    """What the sheet shows of a definition in Python.

    Raises TermError where the function and the formula differ at a point, and
    where latexify would set something that reads as something else.
    """
    name = definition.function.__name__
    source = textwrap.dedent(inspect.getsource(definition.function)).strip()
    for problem, remedy in _misread(ast.parse(source)):
        raise TermError(f"{name}: {problem}: {remedy}")
    _compare(definition)
    return Code(source, _latexified(definition.function), formula(definition.means))


def _latexified(function: Any) -> str:
    """What latexify makes of the function's source, without its docstring; names are set as in our own formulas."""
    try:
        import latexify
    except ImportError:  # it is not there for the newest Python: the source stands beside the formula alone
        return ""
    try:
        latex: str = latexify.get_latex(function, use_math_symbols=True, prefixes={"math"})
    except Exception as error:  # latexify raises what it likes
        raise TermError(f"{function.__name__}: latexify cannot set it: {error}") from None
    latex = re.sub(r"\\mathrm\{((?:[A-Za-z0-9]|\\_)+)\}", _named, latex)
    return latex.replace(r"\_", r"\_\allowbreak ") if len(latex) > 200 else latex


def _named(found: re.Match[str]) -> str:
    """`theta_0` is θ₀; longer words stay upright."""
    name = found[1].replace(r"\_", "_")
    base, _, index = name.partition("_")
    return LATEX.name(name) if index and len(index) < 3 and (len(base) == 1 or LATEX.name(base) != base) else found[0]


# -- what latexify sets so that it reads as something else ----------------------------------
def _misread(tree: ast.AST) -> Iterator[tuple[str, str]]:
    shown = {id(node.value) for node in ast.walk(tree) if isinstance(node, (ast.Return, ast.Assign))}
    for node in ast.walk(tree):
        match node:
            case ast.For() | ast.While() | ast.Lambda():
                kind = "a lambda" if isinstance(node, ast.Lambda) else "a loop"
                yield f"{kind} has no formula", "write a sum as sum(… for k in range(…)), other parts as definitions"
            case ast.IfExp() if id(node) not in shown:
                yield f"`{ast.unparse(node)}` would lose its brackets", "return the cases, with if and return"
            case ast.BinOp(left, ast.Mult()) if _ends_open(left):
                said = f"in `{ast.unparse(node)}` the factor would read as a part of `{ast.unparse(left)}`"
                yield said, "put that one last"
            case ast.Call(ast.Name("log") | ast.Attribute(attr="log"), [_, _]):
                yield f"`{ast.unparse(node)}` would read as the logarithm of a pair", "write log(x) / log(base)"
            case ast.Call(ast.Name("max" | "min" | "abs" as name), [ast.GeneratorExp()]):
                yield f"{name} over a range has no formula", "name the largest by a definition"
            case ast.Constant(float() as value) if "e" in repr(value):
                yield f"`{value!r}` would read as a product with e", "write it as a quotient, such as 1 / 100000"


def _ends_open(node: ast.AST) -> bool:
    """It ends in a function that is set without brackets: what follows would belong to it."""
    match node:
        case ast.Call(ast.Name(name) | ast.Attribute(attr=name)):
            return name in _PREFIX
        case ast.BinOp(_, ast.Mult(), right):
            return _ends_open(right)
    return False


# -- both mean the same -------------------------------------------------------------------------
def _compare(definition: InPython) -> None:
    """The function and the term at points; TermError where they differ."""
    from derivations.models.hypotheses import problem
    from derivations.models.model import Choice, Model
    from derivations.models.numbers import NoValue
    from derivations.terms.relations import Relation

    chance = random.Random(7)
    alone = problem(Relation(definition.means, "=", definition.means), ())
    for _ in range(POINTS):
        model = Model(alone, Choice((), 0))
        taken = sorted(definition.takes.items(), key=lambda pair: isinstance(pair[1], Family))
        arguments = {name: _sampled(stands, model, chance) for name, stands in taken}
        try:
            value: Any = model(definition.means)
            meant = float(value)
            found = float(definition.function(**arguments))
        except (NoValue, ArithmeticError, ValueError, TypeError):
            continue  # one of them is not defined there
        if not isclose(found, meant, rel_tol=1e-9, abs_tol=1e-12):
            at = ", ".join(f"{name} = {_shown(value)}" for name, value in arguments.items())
            raise TermError(
                f"{definition.function.__name__} and `{definition.means}` differ: "
                f"with {at} the function gives {found:.6g}, the formula {meant:.6g}"
            )


def _sampled(stands: Any, model: Any, chance: random.Random) -> Any:
    """A value for a symbol, a value of a function or a family, known to the model as well."""
    if isinstance(stands, Family):
        found = {n: Fraction(chance.randint(-8, 8), 4) for n in range(_LONGEST)}
        for n, number in found.items():
            model.known["entry", stands, (n,)] = number
        return {n: float(number) for n, number in found.items()}
    domain = getattr(stands, "domain", REAL)
    whole = domain.kind == "integer"
    if domain.kind == "finite":
        number = literal(chance.choice(domain.values))
    elif whole:
        low = literal(domain.lower) if domain.lower is not None and is_literal(domain.lower) else Fraction(1)
        number = low + chance.randint(0, 1 if domain.upper is not None else 3)
    else:
        number = Fraction(chance.randint(-8 if domain.lower is None else 1, 8), 4)
    model.known[model.key(stands)] = number
    return int(number) if whole else float(number)


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else "some members"


__all__ = ["POINTS", "code"]
