"""LaTeX as MathML that browsers set as it is meant: MathML Core, where letters are Unicode and names are one word."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

_SCRIPTS = ("munder", "mover", "munderover", "msub", "msup", "msubsup")
_ROMAN = re.compile(r"\\operatorname\*?(?=\s*\{)")
_NORMS = re.compile(r"(?:\\(?:left|right)\s*)?\\([lr])([vV]ert)\b")


def math(latex: str, display: bool = False) -> str:
    """The formula as a `<math>` element; as it was typed where it cannot be read."""
    return _made(latex, display)


@lru_cache(4096)
def _made(latex: str, display: bool) -> str:
    try:
        root = _read(latex, display)
    except Exception:  # whatever a reader of LaTeX raises: what an author wrote is shown in any case
        return f'<code class="tex">{html.escape(latex)}</code>'
    return ElementTree.tostring(root, "unicode")


def converts(latex: str) -> bool:
    """Whether the formula is set as MathML."""
    return _made(latex, False).startswith("<math")


def _read(latex: str, display: bool) -> Any:
    from latex2mathml.converter import convert_to_element

    latex = _ROMAN.sub(r"\\mathrm", latex)
    if len(re.findall(r"\\l[vV]ert\b", latex)) == len(re.findall(r"\\r[vV]ert\b", latex)):
        latex = _NORMS.sub(lambda found: rf"\{'left' if found[1] == 'l' else 'right'}\{found[1]}{found[2]}", latex)
    root = convert_to_element(latex, display="block" if display else "inline")
    for element in root.iter():
        element.text = html.unescape(element.text) if element.text else element.text
        if element.text and "\\" in element.text and element.tag != "mtext":
            raise ValueError(f"{element.text} is not known")
    root.attrib.pop("xmlns", None)
    _tidy(root)
    return root


def _tidy(element: Any) -> None:
    for child in element:
        _tidy(child)
    if element.tag in ("mi", "mn", "mo"):
        _letter(element, element.tag)
    if element.tag in ("mrow", "math", "mstyle", "msqrt", "mtd"):
        children = _spaced(_words([part for child in element for part in _unwrapped(child)]))
        for child in list(element):
            element.remove(child)
        element.extend(children)


def _unwrapped(child: Any) -> list[Any]:
    """What stands in an operator that is none: `\\mathopen{}` is about space alone."""
    if child.tag == "mo" and not child.text:
        return [inner for inner in child if len(inner)]
    return [child]


def _letter(element: Any, tag: str) -> None:
    """Variants of letters as letters of their own; what is a name or a relation, as one."""
    variant = element.get("mathvariant", "normal")
    text = element.text or ""
    if variant != "normal":
        element.text = "".join(_styled(letter, variant.replace("-", " ").upper()) for letter in text)
        del element.attrib["mathvariant"]
    if text == "~" and tag == "mi":
        element.tag, element.text = "mo", "∼"
    if text == "⊤":
        element.tag = "mi"
        element.set("mathvariant", "normal")
    if tag == "mo" and len(text) > 1 and text.isalpha() and text not in ("lim", "max", "min", "sup", "inf"):
        element.tag = "mi"
        element.attrib.clear()


def _styled(letter: str, variant: str) -> str:
    kind = unicodedata.name(letter, "").replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")
    for name in (f"MATHEMATICAL {variant} {kind}", f"{variant} {kind}", f"MATHEMATICAL BOLD {kind}"):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return letter


def _words(parts: list[Any]) -> list[Any]:
    """Upright letters in a row as one name."""
    made: list[Any] = []
    for part in parts:
        upright = part.tag == "mi" and part.get("mathvariant") == "normal" and part.text != "⊤"
        if upright and made and made[-1].get("name") == "yes":
            made[-1].text += part.text
        else:
            if upright:
                part.set("name", "yes")
            made.append(part)
    for part in made:
        if part.attrib.pop("name", None) and len(part.text) > 1:
            del part.attrib["mathvariant"]
    return made


def _spaced(parts: list[Any]) -> list[Any]:
    """A thin space between a named function and what it is applied to, as TeX sets it."""
    made: list[Any] = []
    for part in parts:
        if made and (_named(made[-1]) and not _opens(part) or _named(part) and not _closed(made[-1])):
            made.append(ElementTree.Element("mspace", {"width": "0.167em"}))
        made.append(part)
    return made


def _named(part: Any) -> bool:
    """Whether it is a function's name, perhaps with an index."""
    while (part.tag in _SCRIPTS or part.tag == "mrow" and len(part) == 1) and len(part):
        part = part[0]
    return part.tag == "mi" and len(part.text or "") > 1


def _opens(part: Any) -> bool:
    """Whether space stands before it anyway, or none is wanted: a bracket, a sign."""
    while part.tag in (*_SCRIPTS, "mrow") and len(part):
        part = part[0]
    return part.tag in ("mo", "mspace", "mtext")


def _closed(part: Any) -> bool:
    return part.tag in ("mo", "mspace", "mtext")
