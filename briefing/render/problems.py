"""The formats that only problems have: as a person reads them, for GitHub, and SARIF."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

from briefing.document import Document
from briefing.loader import locate
from briefing.problem import UNSAFE, Problem, dotted, neutral
from briefing.render import Look
from briefing.render.excerpts import EXCERPT_WIDTH, report

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def render_text(document: Document, look: Look) -> Iterator[str]:
    """Each problem with its place, the line at fault, and help."""
    for line in report(document.parts[0][0].rows, look.width or EXCERPT_WIDTH):
        yield f"{line}\n"


def render_github(document: Document, look: Look) -> Iterator[str]:
    """Workflow commands that GitHub shows as annotations beside the lines."""
    for problem in document.parts[0][0].rows:
        place = problem.place
        at = f",line={place.line},col={place.column},endColumn={place.column + place.width}" if place else ""
        file = _escaped(_printable(_file(problem.digest))).replace(",", "%2C").replace(":", "%3A")
        yield f"::{problem.severity} {neutral(f'file={file}')}{at},title={problem.rule}::{_escaped(neutral(_message(problem)))}\n"


def _message(problem: Problem) -> str:
    subject = f"{dotted(problem.path)}: " if problem.path else ""
    return f"{subject}{problem.message}" + (f" ({problem.help})" if problem.help else "")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def render_sarif(document: Document, look: Look) -> Iterator[str]:
    """The Static Analysis Results Interchange Format, version 2.1.0."""
    import json

    from briefing import __version__

    problems = document.parts[0][0].rows
    meanings = dict.fromkeys(problem.rule for problem in problems)
    driver = {
        "name": "briefing",
        "version": __version__,
        "rules": [{"id": rule} for rule in meanings],
    }
    uris = {name: _uri(name) for name in {problem.digest for problem in problems}}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, uris[problem.digest]) for problem in problems],
    }
    yield (
        json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)
        + "\n"
    )


def _result(problem: Problem, uri: str) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if problem.place:
        line, column, width, _ = problem.place
        place["region"] = {"startLine": line, "startColumn": column, "endColumn": column + width}
    return {
        "ruleId": problem.rule,
        "level": problem.severity,
        "message": {"text": _message(problem)},
        "locations": [{"physicalLocation": place}],
    }


def _file(name: str) -> str:
    """The path of a digest as a build server wants it: from the top of what is built, or from here.

    What lies elsewhere has its whole path; standard input, and what cannot be found, the name that it has.
    """
    try:
        path = locate(name).path
        bases = [base for base in (os.environ.get("GITHUB_WORKSPACE"), os.getcwd()) if base]
    except OSError:  # where we stand is gone
        return name
    if path is None:
        return "stdin"
    resolvers: tuple[Callable[[str], str], ...] = (os.path.abspath, os.path.realpath)
    for base in bases:
        for resolved in resolvers:  # the one may be a link to the other
            whole, top = resolved(str(path)), resolved(base)
            if os.path.normcase(whole).startswith(os.path.normcase(os.path.join(top, ""))):
                return os.path.relpath(whole, top).replace(os.sep, "/")
    return os.path.abspath(path)


def _printable(name: str) -> str:
    """A name as UTF-8, whatever the locale, and without what would rewrite a screen."""
    text = os.fsencode(name).decode(errors="replace")
    return re.sub(UNSAFE, lambda match: match[0] if match[0] in "\r\n" else ascii(match[0])[1:-1], text)


def _uri(name: str) -> str:
    from pathlib import PurePosixPath, PureWindowsPath
    from urllib.parse import quote

    file = _file(name)
    if not os.path.isabs(file):
        return quote(os.fsencode(file))
    return (PureWindowsPath(file) if os.name == "nt" else PurePosixPath(file)).as_uri()
