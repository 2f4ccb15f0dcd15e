"""A certificate is checked again from its file; one in which anything was changed is rejected."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from derivations import (
    E,
    Eq,
    Pi,
    Sum,
    Var,
    by_cases,
    catalogue,
    cos,
    decision_process,
    definition,
    dependence,
    derive,
    diff,
    dot,
    family,
    free_variable,
    function,
    hypothesis,
    independent,
    law,
    matrix,
    oo,
    random_family,
    random_variable,
    symbols,
    vector,
)  # fmt: skip
from derivations.checking import Known
from derivations.cli import main
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
        (encode(definition(Y, 0)) | {"parameters": [encode(Y)]}, "no Definition is written so"),
        (encode(as_term(1)) | {"written": "2"}, "no Number is written so"),
        (encode(Pi) | {"name": "x"}, "`x` is no constant"),
        (encode(Y) | {"name": "x + 1"}, "`x \\+ 1` is no name of anything: it would read as something else"),
        (encode(Sum(T, (T, 1, 3))) | {"low": encode(T)}, "`t` is no index"),
        (encode(diff(Y**2, Y)) | {"variable": encode(Y**2)}, "cannot differentiate by `y²`: it is no variable"),
    ],
)
def test_what_is_no_term_is_refused(data: Any, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        decode(data)


# -- what no author could have written --------------------------------------------------------
X, W, V = random_variable("X"), random_variable("W"), random_family("V", 3)
s_, t_ = symbols("s", space="S"), symbols("t", integer=True, nonnegative=True)
process = decision_process(symbols("gamma", lower=0, upper=1), t_, action_values=(0, 1))
n_ = symbols("n", positive=True, integer=True)


def changed(thing: Any, **fields: Any) -> Any:
    """The JSON of a thing, with some fields put in."""
    put_in = {name: value if isinstance(value, (dict, list)) else encode(value) for name, value in fields.items()}
    return {**encode(thing), **put_in}


def without(thing: Any, *fields: str) -> Any:
    return {name: value for name, value in encode(thing).items() if name not in fields}


at_one = E(process.G[t_], given=Eq(process.A[t_], 1))
IMPOSSIBLE: dict[str, Any] = {
    "an expectation given an event that cannot happen": changed(at_one, values=[encode(as_term(2))]),
    "an expectation given an action that is no number there": changed(at_one, values=[encode(as_term(1) / 2)]),
    "an expectation given a number that is a variable": changed(E(X, given=Eq(W, 1)), variables=[encode(as_term(1))]),
    "an expectation given one variable twice": changed(
        E(X, given=Eq(W, 1)), variables=[encode(W)] * 2, values=[encode(as_term(1)), encode(as_term(2))],
        short=[False, False]),
    "an expectation given more values than variables": changed(
        E(X, given=Eq(W, 1)), values=[encode(as_term(1)), encode(as_term(2))]),
    "a definition of a number": changed(definition(Y, 2), lhs=as_term(1)),
    "a definition of a sum": changed(definition(Y, 2), lhs=Y + 1),
    "a definition in a circle": changed(definition(Y, 2), rhs=Y + 1),
    "a parameter that is no argument": changed(definition(Y, 2), parameters=[encode(Z)]),
    "a parameter pattern that is no pattern": changed(definition(function("f")(Y), Y), lhs=function("f")(Y, Y)),
    "a definition without its parameter": without(definition(function("f")(Y), Y), "parameters"),
    "a value function without what it requires": without(process.state_values, "requires"),
    "a value function of something else": changed(process.state_values, rhs=as_term(3)),
    "a return of something else": changed(process.return_definition, rhs=as_term(3)),
    "a return without its time": without(process.return_definition, "parameters"),
    "a domain with a variable as its value": changed(symbols("a", values=(0, 1)).domain, values=[encode(Y)]),
    "a domain without a value": changed(symbols("a", values=(0, 1)).domain, values=[]),
    "a domain of an unknown kind": changed(Y.domain, kind="complex"),
    "a space with a bound": changed(s_.domain, lower=as_term(1)),
    "a space without a name": changed(s_.domain, name=""),
    "a bound that is random": changed(Y.domain, kind="integer", lower=X),
    "a bound that is infinite": changed(Y.domain, kind="integer", lower=oo),
    "a strict bound that is none": changed(Y.domain, kind="integer", open=[True, False]),
    "a domain that is empty": changed(symbols("u", lower=1, upper=2).domain, upper=as_term(0)),
    "a number that is written otherwise": changed(as_term(0.5), written="0.25"),
    "a number with an underscore": changed(as_term(0.5), written="0.5_0"),
    "a number in other digits": changed(as_term(0.5), written="٠.٥"),
    "a number with a blank": changed(as_term(0.5), written=" 0.5"),
    "a number with a huge exponent": changed(as_term(0.5), written="1e999999999"),
    "a number as a word": changed(as_term(0.5), written="nan"),
    "a fraction with a blank": {"is": "Fraction", "value": " 1/2"},
    "a fraction that is not reduced": {"is": "Fraction", "value": "2/4"},
    "a fraction as a decimal": {"is": "Fraction", "value": "0.5"},
    "a fraction with a huge exponent": {"is": "Fraction", "value": "1e999999999"},
    "a fraction by nothing": {"is": "Fraction", "value": "1/0"},
    "a fraction of too many digits": {"is": "Fraction", "value": "1" * 5000},
    "a rule that is a list": {"is": "Rule", "name": ["differentiation"]},
    "a rule with more": {"is": "Rule", "name": "differentiation", "rows": []},
    "a result that is a number": {"is": "Result", "name": 1},
    "a member at a vector": changed(V[1], indices=[encode(vector("u", 2))]),
    "a member without index": changed(V[1], indices=[]),
    "a family of a random size": changed(V, sizes=[encode(X)]),
    "a family whose size is a vector": changed(V, sizes=[encode(vector("u", 2))]),
    "a vector of a random length": changed(vector("u", 2), length=X),
    "a name that reads as another": changed(Y, name="log"),
    "a name with a blank": changed(Y, name="a b"),
    "a graph with a cycle": changed(dependence((X, W)), tails=[encode(X), encode(W)], heads=[encode(W), encode(X)]),
    "independence of numbers": changed(independent(X, W), families=[encode(family("c", 2))]),
    "cases of a number": changed(by_cases(Eq(Y, Z)), on=as_term(1)),
    "cases under another name": changed(by_cases(Eq(Y, Z)), name="differentiation"),
    "a hypothesis that is a limit": changed(
        hypothesis(Y, "=", Z), relation=changed(Eq(Y, Z), sign="->")),
    "a hypothesis for all of a number": changed(hypothesis(Y, "=", Z), for_all=[encode(as_term(1))]),
    "a process at a time that is real": changed(process, time=Y),
}  # fmt: skip


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_no_author_could_have_written_is_refused(name: str) -> None:
    with pytest.raises(Unreadable):
        decode(IMPOSSIBLE[name])


@pytest.mark.parametrize("thing", [
    at_one, E(X, given=Eq(W, Y)), E(X, given=W), E(process.G[t_], given=[process.s[t_], process.a[t_]]),
    process.return_definition, process.state_values, process.action_values, process.markov, definition(Y, 2),
    definition(function("f")(Y, Z), Y), definition(function("f")(1, Z), Z), by_cases(Eq(Y, Z)), free_variable(Y),
    hypothesis(V[T] > 0, for_all=T), independent(X, V), dependence((X, W)), law(V[T], mean=Y, variance=1),
    as_term(0.5), as_term(-2.25), as_term(1) / 3, symbols("u", lower=Y, upper=2), family("c", n_, 3)[1, 2],
    random_family("R", oo)[n_], vector("u", n_)[1], matrix("A", family("q", n_, 2))[1, 2],
    dot(vector("u", 2), vector("v", 2)),
], ids=str)  # fmt: skip
def test_what_an_author_writes_reads_back(thing: Any) -> None:
    assert encode(decode(json.loads(json.dumps(encode(thing))))) == encode(thing)


HEAD = '{{"format": "derivations certificate", "version": 1, "proves": {}, "derivations": {}}}'
MALFORMED = {
    "not there": None,
    "empty": "",
    "no JSON": "{",
    "no text": "\ud800",
    "a list": "[]",
    "a number": "3",
    "not a number": "NaN",
    "nested deeply": "[" * 100_000,
    "a long number": "9" * 10_000,
    "a name twice": '{"format": 1, "format": 2}',
    "no derivations": HEAD.format('"d"', "3"),
    "a derivation that is none": HEAD.format('"d"', "[3]"),
    "what it proves is a list": HEAD.format("[]", "[]"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_file_is_told_in_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    content = MALFORMED[name]
    if content is not None:
        Path("c.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(SystemExit) as end:
        main(["verify", "c.json"])
    told = capsys.readouterr()
    assert end.value.code == 2 and not told.out and len(told.err.splitlines()) == 1


@pytest.mark.parametrize("broken", range(0, 400, 37))
def test_a_certificate_with_something_else_in_it_never_ends_in_a_traceback(
    broken: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = json.dumps(written("sigmoid"))
    strange = ("null", "[]", "{}", '"x"', "-1", "1e400", '{"is": "Symbol"}')
    places = [m.start() for m in re.finditer(r'"[a-z_]+": ', text)]
    place = text.index(": ", places[broken % len(places)]) + 2
    decoder = json.JSONDecoder()
    _, after = decoder.raw_decode(text, place)
    Path("c.json").write_text(text[:place] + strange[broken % len(strange)] + text[after:])
    with pytest.raises(SystemExit) as end:
        main(["verify", "c.json"])
    assert end.value.code in (2, 3)
