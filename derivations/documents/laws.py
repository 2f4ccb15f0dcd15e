r"""`X \sim \mathcal N(\mu, \sigma^2)` as a hypothesis of the engine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from derivations.documents.objects import name_of
from derivations.reading.declarations import names_in
from derivations.reading.displays import Chain
from derivations.reading.extract import Extract
from derivations.terms.families import Entry, Family
from derivations.terms.symbols import symbols
from derivations.terms.term import TermError

if TYPE_CHECKING:
    from derivations.documents.understanding import Understanding

_CALL = re.compile(r"\s*(.*?)\s*(?:\\left)?\(\s*(.*)\s*(?:\\right)?\)\s*$", re.DOTALL)
GAUSSIAN = ("N", "Normal", "normal")


def law_of(chain: Chain, known: Understanding) -> list[Any]:
    """The law that a line `X ~ …` gives its variables; nothing for a law without a word here."""
    from derivations.terms.probability import gaussians

    found = _CALL.match(chain.links[0].body.text) if chain.links else None
    if found is None:
        return []
    called = name_of(found.group(1))
    things = [thing for latex in names_in(chain.start.text) for thing in _random(latex, known)]
    if called is None or called.base not in GAUSSIAN or not things:
        return []
    body = chain.links[0].body
    parts = arguments(body[found.start(2) : found.end(2)])
    if len(parts) != 2:
        return []
    mean, variance = (known.read(part) for part in parts)
    together = re.search(r"i\.?\s*i\.?\s*d|ind", chain.links[0].over) is not None or known.independence(things)
    try:
        if together or len(things) == 1 and isinstance(things[0], Entry):
            return [gaussians(*things, mean=mean, variance=variance)]
        return [made for thing in things for made in _alone(thing, mean, variance)]
    except TermError:
        return []


def _alone(thing: Any, mean: Any, variance: Any) -> list[Any]:
    """The law of a variable, or of each member of a family, of whose independence nothing is said."""
    from derivations.terms.probability import gaussians, law

    if isinstance(thing, Entry):
        return [gaussians(thing, mean=mean, variance=variance)]
    indices = tuple(symbols(letter, integer=True) for letter, _ in zip("ijkmnl", thing.sizes, strict=False))
    return [law(thing[indices], mean=mean, variance=variance)]


_INDEPENDENT = re.compile(r"(.+?)\s+(?:are |is )?(?:mutually )?independent\.?")
_GAUSSIAN = re.compile(
    r"(.+?)\s+(?:are |is )?independent\s+(?:(standard)\s+)?(?:Gaussians?|normal)"
    r"(?:\s+with mean (.+?) and variance (.+?))?\.?"
)
_MOMENTS = re.compile(r"(.+?)\s+(?:are |is )?(independent )?with mean (.+?) and variance (.+?)\.?")
_FINITE = re.compile(r"(.+?)\s+(?:has |have |with |of )+(?:a )?finite variances?\.?")


def worded(said: str, start: int, known: Understanding) -> list[Any]:
    r"""What is given of random variables in words, as a sheet prints it: `X \text{ independent standard Gaussian}`.

    Nothing where the words are no such. Raises TermError where the engine refuses what they say.
    """
    from derivations.terms.probability import finite_variance, gaussians, iid, independent, law, standard_gaussians

    text = re.sub(r"\\text\{([^{}]*)\}", r"\1", said)
    text = " ".join(text.split())

    def read(latex: str) -> Any:
        return known.read(Extract.whole(latex, start))

    if found := _GAUSSIAN.fullmatch(text):
        things = _all(found.group(1), known)
        if things and found.group(2):
            return [standard_gaussians(*things)]
        if things and found.group(3):
            return [gaussians(*things, mean=read(found.group(3)), variance=read(found.group(4)))]
    elif found := _MOMENTS.fullmatch(text):
        things = _all(found.group(1), known)
        moments = {"mean": read(found.group(3)), "variance": read(found.group(4))} if things else {}
        if things and found.group(2):
            return [iid(*things, **moments)]
        return [law(read(name), **moments) for name in names_in(found.group(1))] if things else []
    elif found := _FINITE.fullmatch(text):
        things = _all(found.group(1), known)
        return [finite_variance(*things)] if things else []
    elif found := _INDEPENDENT.fullmatch(text):
        things = _all(found.group(1), known)
        return [independent(*things)] if len(things) > 1 else []
    return []


def _all(listed: str, known: Understanding) -> list[Any]:
    """The random things of a list of names; none where one of the names is no such."""
    parts = [part.strip() for part in re.split(r",(?![^{]*\})|\band\b", listed) if part.strip()]
    found = [_random(part, known) for part in parts]
    return [thing for things in found for thing in things] if all(found) else []


def _random(latex: str, known: Understanding) -> list[Any]:
    name = name_of(latex)
    if name is None:
        return []
    thing = known.names.get("_".join((name.base, *name.marks))) or known.names.get(name.base)
    random = isinstance(thing, Entry) and thing.family.random or isinstance(thing, Family) and thing.random
    return [thing] if random else []


def arguments(body: Extract) -> list[Extract]:
    """The parts of `a, b` between commas outside of brackets."""
    parts: list[Extract] = []
    depth = last = 0
    for place, sign in enumerate(body.text):
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif sign in ",;" and depth == 0:
            parts.append(body[last:place])
            last = place + 1
    return [*parts, body[last:]]
