"""Values: exact where possible, enclosures elsewhere, and nothing where there is no value."""

from fractions import Fraction as F

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from derivations.models.comparison import compare, same
from derivations.models.numbers import (
    Dual,
    Element,
    NoValue,
    Undefined,
    add,
    divide,
    function,
    integer,
    multiply,
    power,
    precision,
    sign,
    subtract,
)

fractions = st.fractions(min_value=-20, max_value=20, max_denominator=20)


def test_rational_arithmetic_is_exact() -> None:
    assert add(F(1, 3), F(1, 6)) == F(1, 2)
    assert divide(F(1), F(3)) == F(1, 3)
    assert power(F(2, 3), F(-2)) == F(9, 4)
    assert power(F(0), F(0)) == 1


@pytest.mark.parametrize(
    ("word", "at", "worth"),
    [
        ("exp", 0, 1),
        ("log", 1, 0),
        ("sqrt", F(9, 4), F(3, 2)),
        ("sqrt", 0, 0),
        ("abs", -2, 2),
        ("sin", 0, 0),
        ("cos", 0, 1),
        ("tanh", 0, 0),
    ],
)
def test_functions_are_exact_where_the_value_is_rational(word: str, at: F, worth: F) -> None:
    value = function(word, F(at))
    assert isinstance(value, F) and value == worth


def test_roots_of_perfect_powers_are_exact_and_others_are_enclosed() -> None:
    assert power(F(8, 27), F(1, 3)) == F(2, 3)
    assert power(F(4), F(-1, 2)) == F(1, 2)
    root = power(F(2), F(1, 2))
    assert isinstance(root, arb) and compare(multiply(root, root), "=", F(2)) is None
    assert compare(root, "<", F(3, 2)) is True


@pytest.mark.parametrize(
    "what",
    [
        lambda: divide(F(1), F(0)),
        lambda: power(F(0), F(-1)),
        lambda: power(F(-1), F(1, 2)),
        lambda: function("log", F(0)),
        lambda: function("log", F(-1)),
        lambda: function("sqrt", F(-1)),
        lambda: integer(F(1, 2)),
        lambda: function("abs", Dual(1, F(0), F(1))),
        lambda: function("sqrt", Dual(1, F(0), F(1))),
    ],
)
def test_undefined_operations_raise(what) -> None:
    with pytest.raises(Undefined):
        what()


def test_a_ball_that_may_be_zero_is_no_divisor_and_no_argument_of_log() -> None:
    two = power(F(2), F(1, 2))
    nothing = subtract(multiply(two, two), F(2))
    assert sign(nothing) is None
    for what in (lambda: divide(F(1), nothing), lambda: function("log", nothing), lambda: power(nothing, F(1, 2))):
        with pytest.raises(NoValue) as raised:
            what()
        assert not isinstance(raised.value, Undefined)


def test_zero_times_a_ball_is_exactly_zero() -> None:
    assert multiply(F(0), function("exp", F(1))) == F(0)


def test_huge_numbers_have_no_value_instead_of_taking_for_ever() -> None:
    with pytest.raises(NoValue):
        power(F(3), F(10**9))


def test_vectors_add_and_stretch_by_entries() -> None:
    assert add((F(1), F(2)), (F(3), F(4))) == (4, 6)
    assert multiply(F(2), (F(1), F(2))) == (2, 4)
    assert compare((F(1), F(2)), "=", (F(1), F(3))) is False
    assert compare((F(1), F(2)), "!=", (F(1), F(3))) is True


def test_points_of_a_space_are_equal_or_not() -> None:
    assert same(Element("S", 1), Element("S", 1)) and not same(Element("S", 1), Element("S", 2))


@pytest.mark.parametrize(
    ("word", "at", "rate"),
    [
        ("exp", 0, 1),
        ("log", 2, F(1, 2)),
        ("sqrt", 4, F(1, 4)),
        ("abs", -3, -1),
        ("sin", 0, 1),
        ("cos", 0, 0),
        ("tanh", 0, 1),
    ],
)
def test_known_derivatives(word: str, at: int, rate: F) -> None:
    value = function(word, Dual(1, F(at), F(1)))
    assert (value.rate if isinstance(value, Dual) else 0) == rate


@given(fractions, fractions)
def test_product_and_quotient_rule(x: F, y: F) -> None:
    u, v = Dual(1, x, F(1)), Dual(1, y, F(3))
    product = multiply(u, v)
    assert (product.rate if isinstance(product, Dual) else 0) == y + 3 * x
    if y != 0:
        quotient = divide(u, v)
        assert (quotient.rate if isinstance(quotient, Dual) else 0) == (y - 3 * x) / y**2


@given(fractions, st.integers(min_value=0, max_value=6))
def test_power_rule_and_second_derivative(x: F, n: int) -> None:
    twice = power(Dual(2, Dual(1, x, F(1)), F(1)), F(n))
    second = twice.rate if isinstance(twice, Dual) and twice.tag == 2 else F(0)
    second = second.rate if isinstance(second, Dual) else F(0)
    assert second == (n * (n - 1) * x ** (n - 2) if n >= 2 else 0)


def test_directions_do_not_get_confused() -> None:
    """d/dx (x · d/dy (x + y)) = 1 at any point, not 2."""
    x, y = Dual(1, F(1), F(1)), Dual(2, F(1), F(1))
    inner = add(x, y).rate
    assert inner == 1
    assert multiply(x, inner).rate == 1


@given(fractions, fractions, st.sampled_from(["+", "*"]))
def test_balls_enclose_the_exact_result(x: F, y: F, operation: str) -> None:
    with precision(64):
        root = power(F(2), F(1, 2))  # a detour through balls and back encloses the exact value
        far = add(add(x, root), multiply(F(-1), root)) if operation == "+" else divide(multiply(x, root), root)
        near = x
        assert compare(far, "=", near) is not False
        assert compare(add(far, F(1)), "=", near) is False
