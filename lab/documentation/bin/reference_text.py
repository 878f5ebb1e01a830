"""Markdown of the reference: cells, tables, and what is said of methods."""

import inspect
import re


def table(titles, rows) -> str:
    """Return a table, nothing without rows."""
    lines = [f"| {' | '.join(titles)} |", f"| {' | '.join('---' for _ in titles)} |"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) if rows else ""


def items(texts) -> str:
    return "\n".join(f"* {text}" for text in texts)


def cell(text: str) -> str:
    """Return a text on one line, with nothing that Markdown or HTML would read."""
    text = " ".join(str(text).split())
    text = re.sub(r"([|*_\[\]])", r"\\\1", text)
    return text.replace("<", "&lt;").replace("``", "`")


def literal(code: str) -> str:
    """Return code on one line."""
    return f"`{' '.join(code.split())}`".replace("|", "\\|")


def docstring(thing) -> str:
    """Return the first paragraph of what a class or a method says of itself."""
    text = (
        vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__
    ) or ""
    paragraph = inspect.cleandoc(text).split("\n\n")[0]
    paragraph = re.split(r"(?m)^:\w+", paragraph)[0].strip()
    return said_of(paragraph)


def said_of(text: str) -> str:
    """Return what a docstring says, with its code as code."""
    codes = re.split(r"(`+[^`]+`+)", text.strip())
    return "".join(
        literal(it.strip("`")) if it[:1] == "`" else _spaced(it) for it in codes
    )


def _spaced(text: str) -> str:
    inner = cell(text)
    before = " " if text[:1].isspace() and inner else ""
    after = " " if text[-1:].isspace() and (inner or before == "") else ""
    return f"{before}{inner}{after}" if inner else (" " if text else "")


def arguments(method) -> str:
    """Return what a method takes, without itself."""
    parameters = [
        it.replace(annotation=inspect.Parameter.empty)
        for it in inspect.signature(method).parameters.values()
    ][1:]
    return str(inspect.Signature(parameters))[1:-1].replace("|", "\\|")
