"""A symbolic derivation engine: write a derivation once, have every link proved.

>>> from derivations import derive, exp, symbols
>>> z = symbols("z")
>>> sigmoid = derive(exp(z) / (1 + exp(z))).eq(1 / (1 + exp(-z))).qed(exp(z) / (1 + exp(z)), "=", 1 / (1 + exp(-z)))
>>> sigmoid.check().verdict
<Verdict.PROVED: 'PROVED'>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.derivation import Derivation, by_cases, definition, derive, free_variable, hypothesis
from derivations.terms.arithmetic import Pi, cos, e, exp, log, oo, sin, sqrt, tanh
from derivations.terms.calculus import diff, grad, limit
from derivations.terms.families import family, random_family, random_variable
from derivations.terms.functions import function, vector_function
from derivations.terms.matrices import matrix, softmax
from derivations.terms.probability import Cov, E, Var, finite_variance, gaussians, iid, independent, law, standard_gaussians
from derivations.terms.relations import Eq, Ne
from derivations.terms.sums import _sum as Sum
from derivations.terms.sums import delta
from derivations.terms.symbols import symbols
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import dot, vector

if TYPE_CHECKING:
    from derivations.kernel.reasons import Rule

__version__ = "0.1.0"


def __getattr__(name: str) -> Rule:
    """Rules by their names: `from derivations import chain_rule` (loaded when first asked for)."""
    from derivations.rules import rules

    found = rules().get(name.replace("_", "-"))
    if found is None or name.startswith("_"):
        raise AttributeError(f"module 'derivations' has no attribute {name!r}")
    return found


def __dir__() -> list[str]:
    from derivations.rules import rules

    return sorted({*__all__, *(name.replace("-", "_") for name in rules())})


__all__ = [
    "Cov", "Derivation", "E", "Eq", "Ne", "Pi", "Sum", "Term", "TermError", "Var", "by_cases", "cos", "definition",
    "delta", "derive", "diff", "dot", "e", "exp", "family", "finite_variance", "free_variable", "function", "gaussians",
    "grad", "hypothesis", "iid", "independent", "law", "limit", "log", "matrix", "oo", "random_family",
    "random_variable", "sin", "softmax", "sqrt", "standard_gaussians", "symbols", "tanh", "vector", "vector_function",
]  # fmt: skip
