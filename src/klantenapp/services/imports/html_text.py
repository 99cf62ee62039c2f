"""HTML of a mail as plain text: nothing is loaded, nothing runs, nothing is followed.

The standard library's HTML parser takes time with the square of some broken inputs (half a minute
for 200 kB); libxml2's does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

#: Characters of HTML that are read.
MAX_HTML = 2_000_000
_DROPPED = frozenset({"script", "style", "head", "title", "meta", "link", "template", "object"})
_BLOCK_NAMES = (
    "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")


def text_of(html: str) -> str:
    """The words of a page with its paragraphs; a link shows where it goes.

    Args:
        html: anything; what is no HTML comes back as the text that it is.
    """
    from lxml import etree  # noqa: PLC0415 - heavy, and most sessions read no mail

    clean = _INVISIBLE.sub("", html[:MAX_HTML])
    if not clean.strip():
        return ""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        # characters that UTF-8 cannot hold (half of a pair) are dropped
        root = etree.fromstring(clean.encode("utf-8", "ignore"), parser)
    except etree.XMLSyntaxError:
        return ""
    return _tidy(_words(root)) if root is not None else ""


def _words(root: etree._Element) -> str:
    """Walk the tree without recursion, so that depth cannot hurt."""
    from lxml.etree import iterwalk  # noqa: PLC0415 - see above

    parts: list[str] = []
    hidden = 0
    for event, element in iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _DROPPED
            if not hidden:
                parts.append(_before(tag))
                parts.append(_flat(element.text, tag))
        else:
            if not hidden:
                parts.append(_after(element, tag))
            hidden -= tag in _DROPPED
            if not hidden:
                parts.append(_flat(element.tail, ""))
    return "".join(parts)


def _flat(text: str | None, tag: str) -> str:
    """Line breaks in the source of a page are spaces, but not in preformatted text."""
    if not text:
        return ""
    return text if tag == "pre" else text.replace("\n", " ")


def _before(tag: str) -> str:
    if tag == "li":
        return "\n• "
    return "\n" if tag in _BLOCKS or tag == "br" else ""


def _after(element: etree._Element, tag: str) -> str:
    if tag == "a":
        target = (element.get("href") or "").strip()
        shown = "".join(str(text) for text in element.itertext()).strip()
        is_address = target.lower().startswith(("http://", "https://"))
        return f" ({target})" if is_address and target not in shown and len(target) < 500 else ""  # noqa: PLR2004 - trackers
    if tag == "img":
        alternative = (element.get("alt") or "").strip()
        return f"[{alternative}]" if alternative else ""
    if tag in _CELLS:
        return "  "
    return "\n" if tag in _BLOCKS else ""


def _tidy(text: str) -> str:
    lines = [_SPACE.sub(" ", line).strip() for line in text.split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()
