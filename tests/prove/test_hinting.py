"""An open link is told which reason proves it; a false one, and one that has other trouble, is not."""

from derivations import (
    Var,
    definition,
    derive,
    diff,
    e,
    exp,
    finite_variance,
    independent,
    log,
    logarithm_laws,
    random_variable,
    symbols,
    variance_of_independent_sum,
)  # fmt: skip

x = symbols("x")
p = symbols("p", positive=True)
X, Y = random_variable("X"), random_variable("Y")


def tries(chain):
    return chain.check(reproduce=False).steps[0].finding.tries


def test_a_rule_that_proves_the_step():
    assert tries(derive(e**x).ge(1 + x)) == ("cite exponential-inequality: it proves this step",)
    slope = derive(diff(x * p, x)).eq(p, by=logarithm_laws)
    assert tries(slope) == ("cite linearity-of-the-derivative: it proves this step",)


def test_a_definition_that_proves_the_step():
    s = symbols("s")
    half = definition(s, p / 2)
    assert tries(derive(2 * s, given=[half]).eq(p)) == (f"cite {half.name}: it proves this step",)


def test_a_reason_that_is_wanting_beside_the_author_s_own():
    f = derive(Var(X + Y) + diff(p * exp(p), p), given=[independent(X, Y), finite_variance(X, Y)])
    assert tries(f.eq(Var(X) + Var(Y) + (1 + p) * exp(p), by=variance_of_independent_sum)) == (
        "cite differentiation too: it proves this step",
    )


def test_what_is_false_is_not_helped():
    assert "it proves" not in str(tries(derive(e**x).le(1 + x)))
    assert "it proves" not in str(tries(derive(log(x)).eq(log(x) + 1)))


def test_a_missing_condition_comes_first():
    assert tries(derive(log(x**2)).eq(2 * log(x), by="logarithm-laws")) == ("add `x > 0` to given, or declare it",)
