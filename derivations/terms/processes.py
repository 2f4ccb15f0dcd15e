"""Markov decision processes: S_t → A_t → (R_t, S_{t+1}) → …, their return, and their value functions.

In each slice the action depends on the state, and state and action decide, jointly, the reward and the next state.

What a finite model of a process must supply (each node calls one method):

    model.process_variable(term)        worth of S_t, A_t, R_t, … (`term.sequence`, `term.time`) in one outcome
    model.conditional_expectation(term) E[term.body | term.pairs]: average over the outcomes where each variable of
                                        `term.pairs` has the worth of its value; no value if none is possible.
                                        A value may be a random variable itself: worked out in the outcome at hand
    model.conditional_variance(term)    the same for Var
    model.density(term)                 P(term.pairs | term.given_pairs)
    model.integral(term)                Σ of term.body over the elements of term.space, as term.variable
    model.symbol(term)                  worth of a realisation s_t (a `Symbol`), an element of its space

Times are terms (`t`, `t + 1`, `t + k`), a number in a model. G_t, v and q come with their definitions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivations.records import lazy, record
from derivations.terms.arithmetic import Infinity, number
from derivations.terms.conditioning import (
    REALS,
    ConditionalExpectation,
    Density,
    Realisations,
    Sequence,
    Space,
    conditional,
    density,
)  # fmt: skip
from derivations.terms.functions import Apply, Function
from derivations.terms.relations import Proposition
from derivations.terms.sums import INTEGER, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.kernel.reasons import Definition
    from derivations.terms.printing import Printer


@record(frozen=True)
class Label:
    """A term that is a name: substitution leaves it alone."""

    term: Term


@record(frozen=True)
class DecisionProcess:
    """A decision process: declared variables, densities, return and value functions.

    states, actions, rewards: where S_t, A_t, R_t take their values
    discount:   γ, a symbol; 0 ≤ γ < 1 is for the derivation to declare
    time:       t, the time at hand: an integer symbol ≥ 0
    parameters: what the policy depends on: θ

    Nothing is assumed of it but what is given: `markov`, `homogeneous`,
    `bounded_rewards`, `smooth_policy` are hypotheses, `return_definition`,
    `state_values`, `action_values` definitions, to be listed in `given`.

    Sutton and Barto, Reinforcement Learning, chapter 3.
    """

    states: Space
    actions: Space
    rewards: Space
    discount: Term
    time: Symbol
    parameters: tuple[Term, ...] = ()
    name: str = "decision process"

    # -- variables and their values ---------------------------------------------------
    def _sequence(self, letter: str, space: Space) -> Sequence:
        return Sequence(letter, space, self.name, self.parameters)

    @property
    def S(self) -> Sequence:
        """The states."""
        return self._sequence("S", self.states)

    @property
    def A(self) -> Sequence:
        """The actions."""
        return self._sequence("A", self.actions)

    @property
    def R(self) -> Sequence:
        """The rewards: R_t is obtained for A_t in S_t."""
        return self._sequence("R", self.rewards)

    @property
    def G(self) -> Sequence:
        """The returns G_t = Σ γ^k R_{t+k}."""
        return self._sequence("G", REALS)

    @property
    def s(self) -> Realisations:
        return self.S.realisations

    @property
    def a(self) -> Realisations:
        return self.A.realisations

    @property
    def r(self) -> Realisations:
        return self.R.realisations

    # -- densities ----------------------------------------------------------------------
    def policy(self, of: Any, *, given: Any) -> Density:
        """π(a_t | s_t): the density of the action given the state."""
        return density("pi", of, given, self.parameters)

    def kernel(self, *of: Any, given: Any) -> Density:
        """p(s_{t+1}, r_t | s_t, a_t): the density of what follows."""
        return density("p", of, given)

    # -- functions and their definitions -------------------------------------------------
    @property
    def v(self) -> Function:
        """The value of a state."""
        return Function("v", unspecified=True)

    @property
    def q(self) -> Function:
        """The value of an action in a state."""
        return Function("q", unspecified=True)

    @lazy
    def return_definition(self) -> Definition:
        """G_t := Σ_{k=0}^∞ γ^k R_{t+k}, for every t."""
        from derivations.kernel.reasons import Definition

        k = Symbol("k", INTEGER)
        series = Sum(self.discount**k * self.R[self.time + k], k, number(0), Infinity())
        return Definition(self.G[self.time], series, (self.time,), "definition of G_t")

    @lazy
    def state_values(self) -> Definition:
        """v(s_t) := E[G_t | S_t = s_t], for the t at hand; for every t where the process is homogeneous."""
        return self._values(self.v, (self.s[self.time],), "definition of v")

    @lazy
    def action_values(self) -> Definition:
        """q(s_t, a_t) := E[G_t | S_t = s_t, A_t = a_t]."""
        return self._values(self.q, (self.s[self.time], self.a[self.time]), "definition of q")

    def _values(self, function: Function, at: tuple[Any, ...], name: str) -> Definition:
        from derivations.kernel.reasons import Definition

        left = Apply(function, at)
        right = conditional(ConditionalExpectation, self.G[self.time], at)
        free = SameAtEveryTime(self, self.time, Label(self.time))
        return Definition(left, right, (*at, self.time), name, requires=(free,))

    # -- hypotheses ------------------------------------------------------------------------
    @property
    def markov(self) -> Markov:
        return Markov(self)

    @property
    def homogeneous(self) -> Homogeneous:
        return Homogeneous(self)

    @property
    def bounded_rewards(self) -> BoundedRewards:
        return BoundedRewards(self)

    @property
    def smooth_policy(self) -> SmoothPolicy:
        return SmoothPolicy(self)


class ProcessHypothesis(Proposition):
    """Base of what may be assumed of a process."""

    process: DecisionProcess


class Markov(ProcessHypothesis):
    """What follows (S_t, A_t) depends on the past through (S_t, A_t) only, and A_t on the past through S_t only.

    The dependence graph S_t → A_t, (S_t, A_t) → (R_t, S_{t+1}), the last two jointly, for every t.
    Sutton and Barto, eq. (3.2) and (3.4).
    """

    name = "Markov property"

    def show(self, p: Printer) -> str:
        return p.words(f"the {self.process.name} has the Markov property")


class Homogeneous(ProcessHypothesis):
    """Given S_t = s (and A_t = a), the rewards R_t, R_{t+1}, … have the same law for every t."""

    name = "time-homogeneity"

    def show(self, p: Printer) -> str:
        return p.words(f"the {self.process.name} is time-homogeneous")


class BoundedRewards(ProcessHypothesis):
    """There is a number c with |R_t| ≤ c for every t."""

    name = "bounded rewards"

    def show(self, p: Printer) -> str:
        return p.words(f"the rewards of the {self.process.name} are bounded")


class SmoothPolicy(ProcessHypothesis):
    """π(a | s, θ) is positive, and differentiable in the parameters, for all a and s."""

    name = "smooth policy"

    def show(self, p: Printer) -> str:
        return p.words(f"the policy of the {self.process.name} is positive and differentiable")


class OfSmoothPolicy(Proposition):
    """The density is that of a policy that was declared positive and differentiable."""

    density: Term

    def show(self, p: Printer) -> str:
        return p(self.density) + p.words(" is positive and differentiable")


class SameAtEveryTime(Proposition):
    """What was defined at the written time is the same at this time."""

    process: DecisionProcess
    time: Term
    written: Label

    def show(self, p: Printer) -> str:
        return p(self.process.homogeneous)


class Bounded(Proposition):
    """There is a number c with |body| ≤ c, whatever the varying symbols stand for, with probability 1."""

    body: Term
    varying: tuple[Symbol, ...]

    def show(self, p: Printer) -> str:
        return p(self.body) + p.words(" is bounded")


class SummableInMean(Proposition):
    """Σ_{variable=low}^∞ E|body| < ∞."""

    body: Term
    variable: Symbol
    low: Term

    def show(self, p: Printer) -> str:
        return p(Sum(self.body, self.variable, self.low, Infinity())) + p.words(" converges in mean")


def decision_process(
    discount: Any,
    time: Any,
    *,
    states: str = "S",
    actions: str = "A",
    rewards: str = "R",
    finite: str = "",
    action_values: tuple[Any, ...] = (),
    parameters: tuple[Any, ...] = (),
    name: str = "decision process",
) -> DecisionProcess:
    """Declare a decision process: `mdp = decision_process(gamma, t)`.

    `discount` and `time` are symbols (γ, and an integer t ≥ 0); `states`,
    `actions`, `rewards` name the spaces; `finite="A"` says which of them are
    finite; `action_values=(0, 1)` lists the actions, as numbers; `parameters`
    are what the policy depends on. Raises TermError for a time that is no
    integer symbol, or a discount that is no symbol.
    """
    gamma, t = as_term(discount), as_term(time)
    if not isinstance(t, Symbol) or t.domain.kind != "integer":
        raise TermError(f"`{t}` is no time: declare it with symbols(…, integer=True, nonnegative=True)")
    if not isinstance(gamma, Symbol) or gamma.shape != ():
        raise TermError(f"`{gamma}` is no discount factor: declare a symbol")
    values = tuple(as_term(v) for v in action_values)
    return DecisionProcess(
        Space(states, finite=states in finite.split()),
        Space(actions, finite=actions in finite.split() or bool(values), values=values),
        Space(rewards, numbers=True, finite=rewards in finite.split()),
        gamma, t, tuple(as_term(p) for p in parameters), name,
    )  # fmt: skip
