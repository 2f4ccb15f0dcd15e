"""A symbolic derivation engine: write a derivation once, have every link proved.

>>> from derivations import derive, exp, symbols
>>> z = symbols("z")
>>> sigmoid = derive(exp(z) / (1 + exp(z))).eq(1 / (1 + exp(-z))).qed(exp(z) / (1 + exp(z)), "=", 1 / (1 + exp(-z)))
>>> sigmoid.check().verdict
<Verdict.PROVED: 'PROVED'>

Every rule is here under its name, too: `from derivations import chain_rule`.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

__version__ = "0.1.0"

# Where each public name lives. It is imported when first asked for, so that
# `derivations --help` does not import what it does not use. (A vocabulary may
# also say itself which names are public: `derivations.terms.public`.)
_HOMES = {
    "asserting": "assert_proves",
    "derivation": "Derivation by_cases definition derive free_variable hypothesis",
    "kernel.report": "Report Verdict",
    "reading.grammar": "latex",
    "terms.arithmetic": "Pi cos e exp log oo sin sqrt tanh",
    "terms.calculus": "diff grad limit",
    "terms.conditioning": "dependence",
    "terms.definite_integrals": "evaluated integrable",
    "terms.defined": "defined",
    "terms.distributions": "Bernoulli Beta Binomial Cauchy ChiSquared Exponential Gamma Geometric Laplace LogNormal "
    "Normal Poisson Student Uniform distributed",
    "terms.events": "Pr",
    "terms.families": "family random_family random_variable",
    "terms.functions": "function vector_function",
    "terms.integrals": "Integral",
    "terms.jacobians": "hessian jacobian",
    "terms.linear_algebra": "det diag hadamard identity inverse kron norm ones trace unit_vector zeros",
    "terms.matrices": "matrix softmax",
    "terms.matrix_properties": (
        "full_column_rank idempotent invertible orthogonal permutation_matrix positive_definite "
        "positive_semidefinite symmetric"
    ),
    "terms.probability": "Cov E Var finite_variance gaussians iid independent law standard_gaussians",
    "terms.processes": "decision_process",
    "terms.relations": "Eq Ne",
    "terms.statements": "And Or",
    "terms.special": "beta_function gamma_function",
    "terms.sums": "Sum delta",
    "terms.symbols": "symbols",
    "terms.term": "Term TermError",
    "terms.vectors": "dot vector",
}
# functions and laws that are named like what they write
_WRITTEN_BY = {
    "Binomial": "BinomialLaw",
    "Sum": "sum_over",
    "Integral": "integral",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name == "__all__":  # `from derivations import *` brings the rules, too
        value: Any = __dir__()
    elif name in _HOME:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), _WRITTEN_BY.get(name, name))
    elif name.startswith("_") or find_spec(f"{__name__}.{name}") is not None:  # a module: let the import find it
        raise AttributeError(name)
    else:
        from derivations.rules import rules
        from derivations.terms import public

        value = public().get(name) or rules().get(name.replace("_", "-"))
        if value is None:
            from difflib import get_close_matches

            near = get_close_matches(name, __dir__(), 2)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise AttributeError(f"derivations has neither a term nor a rule {name!r}{hint}")
    globals()[name] = value
    return value


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext derivations`: chains that show themselves, and the cell magic `%%derivation`."""
    from derivations.ipython import load

    load(shell)


def __dir__() -> list[str]:
    from derivations.rules import rules
    from derivations.terms import public

    return sorted({*_HOME, *public(), *(name.replace("-", "_") for name in rules())})
