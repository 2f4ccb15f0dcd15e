r"""What the sentences of a document declare: `Let $X \sim \mathcal N(\mu, 1)$`, `where $C > 0$`, "a real number $x$".

Nothing is guessed: a sentence of another form declares nothing, and what is
not declared is asked for by name where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from derivations.reading.displays import Chain, chains_of
from derivations.reading.document import Displayed, Said
from derivations.reading.extract import Extract
from derivations.reading.sorts import Sort, of_set, sort_of
from derivations.records import record


@record(frozen=True, eq=False)
class Declared:
    """A name (in LaTeX), what it is, and the words that say so.

    implied: nobody says so: it follows from how the name is used, and gives way to what is said
    """

    name: str
    sort: Sort
    origin: str
    start: int
    implied: bool = False


@record(frozen=True, eq=False)
class Stated:
    """Something that is given.

    kind:  "relation" (`C > 0`, `a = b`), "law" (`X \\sim …`), "independent" (of `names`), "definition",
           "words" (`q_{i,t} \text{ independent standard Gaussian}`, in `origin`)
    over:  for all values of these names
    local: it holds for what follows in the same sentence alone: "if $x > 0$, then …"
    """

    kind: str
    chain: Chain | None
    names: tuple[str, ...]
    origin: str
    start: int
    local: bool = False
    over: tuple[str, ...] = ()


_MATH = re.compile(r"⟦(\d+)⟧")
_NAMES = r"(⟦\d+⟧(?:\s*(?:,|and|, and|or|&)\s*⟦\d+⟧)*)"
_BE = re.compile(
    rf"\b(?:[Ll]et|[Aa]ssume(?: that)?|[Ss]uppose(?: that)?|[Cc]onsider|[Gg]iven|[Ww]here|[Ww]ith|[Aa]nd|[Hh]ere|,|;|^)"
    rf"\s*(?:that\s+)?{_NAMES}\s*(?:be|is|are|denotes?|was|were)\s+(?:both |all |each |now )?"
    rf"((?:a|an|the|two|three|some|any)\s+)?([^⟦.;:]{{3,90}}?)"
    rf"(?=\s*(?:,|\band\b)*\s*⟦|[.;:]|$)"
)
_APPOSED = re.compile(
    rf"\b((?:(?:real|positive|nonnegative|non-negative|nonzero|non-zero|integer|natural|independent|constant|scalar|random|"
    rf"smooth|differentiable|arbitrary|fixed|probability|column|row)\s+)*"
    rf"(?:real|numbers?|integers?|variables?|vectors?|constants?|scalars?|positive|nonnegative|matrix|matrices|functions?|"
    rf"integer|probability|probabilities|random variables?))\s+{_NAMES}"
)
_INDEPENDENT = re.compile(
    rf"{_NAMES}[^.;⟦]{{0,40}}\b(?:are|be|is|,)\s+(?:\w+\s+){{0,4}}?(?:mutually )?independent\b(?!\s+of the)"
    rf"|\bindependent\s+(?:\w+\s+){{0,3}}?{_NAMES}"
)
_FILLER = (
    r"(?:that|all|any|every|each|some|us|be|a|an|the|real|fixed|given|arbitrary|now|also|integers?|numbers?|both|by)"
)
_LISTED = r"(?:⟦\d+⟧\s*(?:,|;|for all ⟦\d+⟧,?|and|, and|with|where|such that|,? for(?: all| any| every)?|in)\s*)*"
_LASTING = re.compile(
    rf"\b(?:let|where|with|suppose|assume|assuming|consider|given|here|throughout|define|denote|writing|write|put)\s*"
    rf"(?:{_FILLER}\s+)*{_LISTED}$", re.IGNORECASE,
)  # fmt: skip
_LOCAL = re.compile(
    rf"\b(?:for|if|when|whenever|provided|setting|set|substituting|taking|choosing|case)\s*(?:{_FILLER}\s+)*{_LISTED}$",
    re.IGNORECASE,
)
_STOP = re.compile(r"\b(?:and|that|which|such|whose|where|with|so|then|for|following|follow|denoting|from)\b.*$")
_EXPLAINED = re.compile(r"\s*(?:is|are|denotes?) (?:the|a|an)\b")
_WHERE = re.compile(r"\s*(?:where|here|in which)\b", re.IGNORECASE)
_FOR_ALL = re.compile(r"\s*,?\s*for (?:all|every|each|any)\s+((?:⟦\d+⟧\s*(?:,|and)?\s*)+)")
_NAME = re.compile(
    r"\s*((?:\\(?:bm|mathbf|boldsymbol|mathrm|mathsf|vec|hat|bar|tilde|operatorname|text)\s*\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z])"
    r"(?:\s*[_^]\s*(?:\{[^{}]*\}|\\[A-Za-z]+(?:\{[^{}]*\})?|[^\s\\{}]))*'*)\s*"
)
_CALL = re.compile(r"\s*\(\s*((?:\\?[A-Za-z]\w*(?:_\{?\w+\}?)?\s*[,;|]?\s*(?:\\(?:mid|vert)\s*)?)*)\)\s*$")
_PARAMETER = re.compile(
    r"(?<![A-Za-z\\{])(?:\\(?!mathcal|mathrm|left|right|text|operatorname)[A-Za-z]+|[a-z])(?![A-Za-z}])(?:_(?:\{\w+\}|\w))?"
)
SYMBOLS_ONLY = re.compile(r"\\(?:ldots|dots|cdots)")


def declared_by(said: Said) -> Iterator[Declared | Stated]:
    """What one run of text declares, in order."""
    chains = [chains_of(Displayed(maths)) for maths in said.maths]
    yield from _by_formula(said, chains)
    yield from _by_words(said)


def _by_formula(said: Said, chains: list[list[Chain]]) -> Iterator[Declared | Stated]:
    for found in _MATH.finditer(said.text):
        number = int(found.group(1))
        before = said.text[max(0, found.start() - 600) : found.start()]
        before = re.split(r"[.:]\s", before)[-1]
        over = _FOR_ALL.match(said.text, found.end())
        names = (
            tuple(n for m in _MATH.findall(over.group(1)) for n in names_in(said.maths[int(m)].text)) if over else ()
        )
        own = chains[number] if number < len(chains) else []
        if r"\text{" in said.maths[number].text and not any(c.links for c in own) and _LASTING.search(before):
            words = " ".join(said.maths[number].text.split())
            yield Stated("words", None, (), words, said.maths[number].at(0))
        for chain in own:
            if _EXPLAINED.match(said.text, found.end()) and _WHERE.match(before) and len(chain.links) == 1:
                before = "where "  # where …, and $G_t = …$ is the return
            for thing in from_chain(chain, before, said.maths[number]):
                yield replace(thing, over=names) if isinstance(thing, Stated) and names else thing


def from_chain(chain: Chain, about: str, whole: Extract) -> Iterator[Declared | Stated]:
    """What a formula in a sentence declares, if it is one that does."""
    start = whole.at(0)
    origin = whole.text.strip()
    if not chain.links:
        mapping = re.fullmatch(r"\s*(\\?\w+)\s*(?::|\\colon)\s*(.+?)\\to\s*(.+)", chain.start.text)
        if mapping is not None:
            yield Declared(mapping.group(1), Sort("function"), origin, start)
        return
    signs = [link.sign for link in chain.links]
    names = names_in(chain.start.text)
    if signs == ["∈"]:
        sort = of_set(chain.links[0].body.text)
        if sort is not None:
            for name in names:
                yield Declared(name, sort, origin, start)
    elif signs == ["->"] and ":" in chain.start.text:
        name = chain.start.text.partition(":")[0].strip()
        yield Declared(name, Sort("function"), origin, start)
    elif signs[0] == "~" and len(signs) == 1:
        for name in names:
            kind = "random vector" if re.search(r"\\mathrm\{MVN\}", chain.links[0].body.text) else "random variable"
            yield Declared(name, Sort(kind), origin, start)
        for name in _PARAMETER.findall(chain.links[0].body.text.partition("(")[2]):
            yield Declared(name, Sort(), f"a parameter in {origin}", start, implied=True)
        yield Stated("law", chain, tuple(names), origin, start)
    elif signs == [":="]:
        yield from _bounded(chain, origin, start, False)
        yield Stated("definition", chain, (), origin, start)
    local = _LOCAL.search(about) is not None
    if signs == [":="] or not (local or _LASTING.search(about)):
        return
    index = _range_of(chain)
    if index is not None:
        yield Declared(index[0], Sort(integer=True, indices=(index,)), origin, start)
    elif "\\lbrace" not in origin and "\\{" not in origin and not {"~", "∈", "->"} & set(signs):
        yield from _bounded(chain, origin, start, local)
        kind = "definition" if signs == ["="] and not local else "relation"
        yield Stated(kind, chain, (), origin, start, local)


_ORDER = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _bounded(chain: Chain, origin: str, start: int, local: bool) -> Iterator[Declared]:
    """What has an order is a number: `C > 0`, `a, b > 0`; what is set equal to something is one, or a function."""
    sides = [chain.start, *(link.body for link in chain.links)]
    for left, link, right in zip(sides, chain.links, sides[1:], strict=False):
        if link.sign in _ORDER:
            for name in names_in(left.text):
                bound = () if local or not _is_literal(right.text) else ((link.sign, right.text.strip()),)
                yield Declared(name, Sort(bounds=bound), origin, start, implied=True)
            for name in names_in(right.text):
                bound = () if local or not _is_literal(left.text) else ((_ORDER[link.sign], left.text.strip()),)
                yield Declared(name, Sort(bounds=bound), origin, start, implied=True)
        elif link.sign in ("=", ":=") and not local and left is chain.start:
            for name in names_in(left.text):
                call = left.text.strip().endswith(")")
                yield Declared(name, Sort("function") if call else Sort(), origin, start, implied=True)


def _is_literal(text: str) -> bool:
    return re.fullmatch(r"\s*-?\d+(?:\.\d+)?\s*", text) is not None


def _range_of(chain: Chain) -> tuple[str, str, str] | None:
    r"""`i = 1, \ldots, n`"""
    if len(chain.links) != 1 or chain.links[0].sign != "=":
        return None
    body = chain.links[0].body.text
    found = re.fullmatch(r"\s*([^,]+?)\s*,(?:\s*[^,]+,)?\s*(?:\\l?dots|\\cdots|…)\s*,\s*(.+?)\s*", body)
    names = names_in(chain.start.text)
    if found is None or len(names) != 1:
        return None
    return names[0], found.group(1), found.group(2)


def names_in(text: str) -> list[str]:
    r"""The names in a list such as `x, y`, or `X_1, \ldots, X_n` (which is X_i); [] if it is no such list."""
    parts = [part.strip() for part in re.split(r",|\\text\{\s*and\s*\}", text) if part.strip()]
    if any(SYMBOLS_ONLY.fullmatch(part) for part in parts):
        family = re.fullmatch(r"(.+?)_\{?[01]\}?", parts[0])
        return [f"{family.group(1)}_i"] if family is not None else []
    found: list[str] = []
    for part in parts:
        call = _CALL.search(part)
        bare = part[: call.start()] if call is not None else part
        match = _NAME.fullmatch(bare)
        if match is None:
            return []
        found.append(match.group(1).strip())
    return found


def _by_words(said: Said) -> Iterator[Declared | Stated]:
    for pattern in (_BE, _APPOSED):
        for found in pattern.finditer(said.text):
            names, words = (found.group(1), found.group(3)) if pattern is _BE else (found.group(2), found.group(1))
            sort = sort_of(_STOP.sub("", f" {words}"))
            if sort is None:
                continue
            for number in _MATH.findall(names):
                maths = said.maths[int(number)]
                for name in names_in(maths.text):
                    call = maths.text.strip().endswith(")")
                    yield Declared(
                        name, Sort("function", smooth=sort.smooth) if call and sort.kind == "number" else sort,
                        found.group(0).strip(" ,"), maths.at(0),
                    )  # fmt: skip
    for found in _INDEPENDENT.finditer(said.text):
        names = found.group(1) or found.group(2)
        every = tuple(name for n in _MATH.findall(names) for name in names_in(_first(said.maths[int(n)])))
        if len(every) > 1:
            yield Stated("independent", None, every, re.sub(r"\s+", " ", found.group(0)).strip(), said.start)


def _first(maths: Extract) -> str:
    r"""The names in `X, Y \sim …`."""
    chains = chains_of(Displayed(maths))
    return chains[0].start.text if chains else maths.text
