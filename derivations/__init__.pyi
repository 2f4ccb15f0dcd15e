"""What type checkers and editors see of the public names; `__init__.py` imports them lazily."""

from typing import Any

from derivations.asserting import assert_proves as assert_proves
from derivations.derivation import Derivation as Derivation
from derivations.derivation import by_cases as by_cases
from derivations.derivation import definition as definition
from derivations.derivation import derive as derive
from derivations.derivation import free_variable as free_variable
from derivations.derivation import hypothesis as hypothesis
from derivations.kernel.report import Report as Report
from derivations.kernel.report import Verdict as Verdict
from derivations.reading.grammar import latex as latex
from derivations.terms.arithmetic import Pi as Pi
from derivations.terms.arithmetic import cos as cos
from derivations.terms.arithmetic import e as e
from derivations.terms.arithmetic import exp as exp
from derivations.terms.arithmetic import log as log
from derivations.terms.arithmetic import oo as oo
from derivations.terms.arithmetic import sin as sin
from derivations.terms.arithmetic import sqrt as sqrt
from derivations.terms.arithmetic import tanh as tanh
from derivations.terms.calculus import diff as diff
from derivations.terms.calculus import grad as grad
from derivations.terms.calculus import limit as limit
from derivations.terms.conditioning import dependence as dependence
from derivations.terms.definite_integrals import evaluated as evaluated
from derivations.terms.definite_integrals import integrable as integrable
from derivations.terms.distributions import Distribution
from derivations.terms.distributions import distributed as distributed
from derivations.terms.events import Pr as Pr
from derivations.terms.families import family as family
from derivations.terms.families import random_family as random_family
from derivations.terms.families import random_variable as random_variable
from derivations.terms.functions import function as function
from derivations.terms.functions import vector_function as vector_function
from derivations.terms.integrals import integral
from derivations.terms.jacobians import hessian as hessian
from derivations.terms.jacobians import jacobian as jacobian
from derivations.terms.linear_algebra import det as det
from derivations.terms.linear_algebra import diag as diag
from derivations.terms.linear_algebra import hadamard as hadamard
from derivations.terms.linear_algebra import identity as identity
from derivations.terms.linear_algebra import inverse as inverse
from derivations.terms.linear_algebra import kron as kron
from derivations.terms.linear_algebra import norm as norm
from derivations.terms.linear_algebra import ones as ones
from derivations.terms.linear_algebra import trace as trace
from derivations.terms.linear_algebra import unit_vector as unit_vector
from derivations.terms.linear_algebra import zeros as zeros
from derivations.terms.matrices import matrix as matrix
from derivations.terms.matrices import softmax as softmax
from derivations.terms.matrix_properties import full_column_rank as full_column_rank
from derivations.terms.matrix_properties import idempotent as idempotent
from derivations.terms.matrix_properties import invertible as invertible
from derivations.terms.matrix_properties import orthogonal as orthogonal
from derivations.terms.matrix_properties import permutation_matrix as permutation_matrix
from derivations.terms.matrix_properties import positive_definite as positive_definite
from derivations.terms.matrix_properties import positive_semidefinite as positive_semidefinite
from derivations.terms.matrix_properties import symmetric as symmetric
from derivations.terms.probability import Cov as Cov
from derivations.terms.probability import E as E
from derivations.terms.probability import Var as Var
from derivations.terms.probability import finite_variance as finite_variance
from derivations.terms.probability import gaussians as gaussians
from derivations.terms.probability import iid as iid
from derivations.terms.probability import independent as independent
from derivations.terms.probability import law as law
from derivations.terms.probability import standard_gaussians as standard_gaussians
from derivations.terms.processes import decision_process as decision_process
from derivations.terms.relations import Eq as Eq
from derivations.terms.relations import Ne as Ne
from derivations.terms.special import beta_function as beta_function
from derivations.terms.special import gamma_function as gamma_function
from derivations.terms.sums import delta as delta
from derivations.terms.sums import sum_over
from derivations.terms.symbols import symbols as symbols
from derivations.terms.term import Term as Term
from derivations.terms.term import TermError as TermError
from derivations.terms.vectors import dot as dot
from derivations.terms.vectors import vector as vector

Sum = sum_over
Integral = integral
__version__: str
__all__: list[str]

def Bernoulli(p: Any) -> Distribution: ...
def Beta(left: Any, right: Any) -> Distribution: ...
def Binomial(n: Any, p: Any) -> Distribution: ...
def Cauchy(centre: Any, scale: Any) -> Distribution: ...
def ChiSquared(degrees: Any) -> Distribution: ...
def Exponential(rate: Any) -> Distribution: ...
def Gamma(alpha: Any, rate: Any) -> Distribution: ...
def Geometric(p: Any) -> Distribution: ...
def Laplace(centre: Any, scale: Any) -> Distribution: ...
def LogNormal(mean: Any, variance: Any) -> Distribution: ...
def Normal(mean: Any, variance: Any) -> Distribution: ...
def Poisson(rate: Any) -> Distribution: ...
def Student(degrees: Any) -> Distribution: ...
def Uniform(low: Any, high: Any) -> Distribution: ...
def load_ipython_extension(shell: object) -> None: ...
def __getattr__(name: str) -> Any: ...  # a rule, or what a vocabulary brings
