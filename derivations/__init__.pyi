from derivations.derivation import Derivation, by_cases, definition, derive, free_variable, hypothesis
from derivations.kernel.reasons import Rule
from derivations.kernel.report import Report, Verdict
from derivations.terms.arithmetic import Pi, cos, e, exp, log, oo, sin, sqrt, tanh
from derivations.terms.calculus import diff, grad, limit
from derivations.terms.families import family, random_family, random_variable
from derivations.terms.functions import function, vector_function
from derivations.terms.matrices import matrix, softmax
from derivations.terms.probability import Cov, E, Var, finite_variance, gaussians, iid, independent, law, standard_gaussians
from derivations.terms.relations import Eq, Ne
from derivations.terms.sums import delta
from derivations.terms.sums import sum_over as Sum
from derivations.terms.symbols import symbols
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import dot, vector

__version__: str
__all__: list[str]

def __getattr__(name: str) -> Rule: ...
