"""A certificate is checked again from its file; one in which anything was changed is rejected."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from derivations import (
    Pi,
    Sum,
    Var,
    by_cases,
    catalogue,
    cos,
    definition,
    derive,
    diff,
    hypothesis,
    law,
    random_variable,
    symbols,
)  # fmt: skip
from derivations.checking import Known
from derivations.replay.certify import NotProved, certify
from derivations.replay.serial import Unreadable, decode, encode
from derivations.replay.verify import verify
from derivations.terms.term import as_term

pytestmark = pytest.mark.once

KNOWN: Known = {}
Y, Z = symbols("y z")
T = symbols("t", integer=True)


@cache
def loaded() -> dict[str, Any]:
    return {one.entry.name: one.derivation for one in catalogue.load_all()}


def written(name: str) -> Any:
    """The certificate as it is read from its file."""
    return json.loads(json.dumps(certify(loaded()[name], known=KNOWN)))


NAMES = [entry.name for entry in catalogue.entries()]


@pytest.mark.parametrize("name", NAMES)
def test_every_proved_link_of_the_catalogue_passes_replay(name: str) -> None:
    assert [str(c) for c in verify(written(name))] == []


# -- changing anything --------------------------------------------------------------
Place = tuple[Any, ...]


def places(data: Any, at: Place = ()) -> Iterator[Place]:
    """The place of every leaf, and of every list."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*at, key))
        return
    yield at
    if isinstance(data, list):
        for position, value in enumerate(data):
            yield from places(value, (*at, position))


def flipped(value: Any) -> list[Any]:
    """Other values that could stand in its place."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, str):
        return [value + "x", ""]
    if value is None:
        return ["x", 0]
    return [value[:-1], [*value, *value[:1]]] if value else [[0], ["x"]]


def put(document: Any, place: Place, value: Any) -> Any:
    """The document with another value at the place; what is not on the way is shared."""
    if not place:
        return value
    new = copy.copy(document)
    new[place[0]] = put(document[place[0]], place[1:], value)
    return new


def changes(document: Any, every: int) -> Iterator[tuple[Place, Any]]:
    for place in list(places(document))[::every]:
        value = document
        for key in place:
            value = value[key]
        for other in flipped(value):
            yield place, put(document, place, other)


@pytest.mark.parametrize(
    ("name", "every"),
    [("sigmoid", 151), ("entry", 71), ("asymptotic", 19), ("closed_form", 463), ("unit_variance", 911)],
)
def test_whatever_is_changed_is_rejected(name: str, every: int) -> None:
    for place, changed in changes(written(name), every):
        assert verify(changed), f"accepted although changed at {place}"


def test_a_rejection_names_the_step_and_the_reason() -> None:
    document = written("sigmoid")
    links = document["derivations"][0]["links"]
    links[0]["certificate"]["rewrites"][0]["reason"] = "differentiation"
    links[2]["certificate"]["grounds"] = ["C > 0"]
    assert [str(c) for c in verify(document)] == [
        "sigmoid, step 1: differentiation is not among the reasons of this step",
        "sigmoid, step 3: the closing rests on nothing, not on C > 0",
    ]


def test_a_false_statement_is_rejected_though_everything_else_fits() -> None:
    document = written("asymptotic")
    text = json.dumps(document)
    assert "exp(-T/C)" in text
    half = {"is": "Number", "number": {"is": "Fraction", "value": "2"}}
    chain = document["derivations"][0]
    link = chain["links"][0]["link"]
    link["rhs"] = chain["statement"]["rhs"] = {"is": "Mul", "left": half, "right": link["rhs"]}
    chain["links"][0]["text"] = decode(link).text
    assert [str(c) for c in verify(document)] == ["asymptotic, step 1: dominant-term does not close the gap"]


def test_givens_that_exclude_each_other_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    x = symbols("x")
    positive, negative = hypothesis(x > 1), hypothesis(x < 0)
    doubled = derive(x + x, given=[positive, negative]).eq(2 * x).qed(x + x, "=", 2 * x)
    with pytest.raises(NotProved):
        certify(doubled)
    monkeypatch.setattr("derivations.checking.contradictions", lambda given, provers: ())
    assert [complaint.reason for complaint in verify(certify(doubled))] == [
        "the givens contradict each other: `x > 1` is excluded by `x < 0`"
    ]


def test_cases_that_leave_something_out_are_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    """As they are when they are proved; here the kernel looks away."""
    a, X = symbols("a", values=(0, 1)), random_variable("X")
    tied = [law(X, mean=0, variance=1), hypothesis(a, "=", X)]
    chain = derive(Var(a), tied).eq(0, by=[by_cases(a), "variance-scaling"]).qed(Var(a), "=", 0)
    with pytest.raises(NotProved):
        certify(chain)
    monkeypatch.setattr("derivations.kernel.link.flaw", lambda case, facts: None)
    assert "`a` is tied to something random, so it cannot be given values" in str(verify(certify(chain))[0])


def test_definitions_are_asked_for_what_derive_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivations.derivation.check_definitions", lambda given: None)
    monkeypatch.setattr("derivations.checking.named_alike", lambda derivation: ())
    chain = derive(2 * Y - Y, [definition(Y, 1), definition(Y, 2)]).eq(Y).qed(2 * Y - Y, "=", Y)
    assert "`y` is defined twice" in "".join(map(str, verify(certify(chain))))


def test_a_result_must_be_proved_before_it_is_cited() -> None:
    document = written("log_policy")
    document["derivations"] = document["derivations"][1:]
    assert [str(c) for c in verify(document)] == [
        "log_policy, step 1: the result `closed_form` is not proved before it is cited"
    ]


def test_only_what_is_proved_is_certified() -> None:
    x = symbols("x")
    wrong = derive(diff(cos(x), x)).eq(cos(x), by="differentiation").qed(diff(cos(x), x), "=", cos(x))
    with pytest.raises(NotProved, match="is REFUTED: there is nothing to certify"):
        certify(wrong)


# -- JSON -----------------------------------------------------------------------------
@pytest.mark.parametrize("name", NAMES)
def test_every_line_and_reason_reads_back_to_itself(name: str) -> None:
    derivation = loaded()[name]
    for line in derivation.lines:
        assert decode(json.loads(json.dumps(encode(line)))) == line


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"is": "Exec", "code": "1"}, "`Exec` is no kind of term"),
        ({"is": "Add", "left": {"is": "Infinity"}}, "Add lacks its `right`"),
        ({"is": "Add", "left": 1, "right": 2}, "the `left` of Add is no Term"),
        ({"is": "Constant", "name": "e", "colour": "red"}, "Constant has no field `colour`"),
        ({"is": "Fraction", "value": "1/0"}, "is no fraction"),
        ({"is": "Fraction", "value": "2/4"}, "it is not written as it should be"),
        ({"is": "Rule", "name": "magic"}, "there is no rule `magic`"),
        ([0.5], "0.5 is no term"),
        (encode(definition(Y, 0)) | {"parameters": [encode(Y)]}, "a parameter is no argument of what is defined"),
        (encode(as_term(1)) | {"written": "2"}, "1 is not written `2`"),
        (encode(Pi) | {"name": "x"}, "`x` is no constant"),
        (encode(Y) | {"name": "x + 1"}, "`x \\+ 1` is no name of anything: it would read as something else"),
        (encode(Sum(T, (T, 1, 3))) | {"low": encode(T)}, "`t` is no index"),
        (encode(diff(Y**2, Y)) | {"variable": encode(Y**2)}, "cannot differentiate by `y²`: it is no variable"),
    ],
)
def test_what_is_no_term_is_refused(data: Any, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        decode(data)
