"""Coverage-guided fuzzing: any bytes as a digest, then every view of it in every format.

Not a test that pytest runs; see README.md beside this file for the command.
"""

import re
import sys

import atheris

with atheris.instrument_imports(include=["briefing"]):
    from briefing import loader, views
    from briefing.document import Document, one
    from briefing.loader import Origin
    from briefing.problem import UNSAFE, InvalidDigest
    from briefing.render import FOR_PROBLEMS, FOR_VIEWS, Look, Renderer, renderer
    from briefing.render.excerpts import report
    from briefing.views import VIEWS
    from briefing.views import check as problems_view

    _VIEWS = [views.view(name) for name in VIEWS]
    _RENDERERS = [renderer(format.name) for format in FOR_VIEWS]
    _FOR_PROBLEMS = [renderer(name) for name in ("json", "csv", *(format.name for format in FOR_PROBLEMS))]

_ORIGIN = Origin("-", None)


def one_input(data: bytes) -> None:
    """Whatever these bytes are: output as UTF-8, or problems that are safe to print."""
    try:
        loaded = loader.parse(data, _ORIGIN)
    except InvalidDigest as error:
        assert error.problems  # noqa: PT017  (not a pytest test)
        told = "\n".join(report(error.problems))
        assert not re.search(UNSAFE, told), told
        for render in _FOR_PROBLEMS:
            _drain(render, one(problems_view.view(error.problems)), None)
        return
    for view in _VIEWS:
        for render in _RENDERERS:
            _drain(render, one(view(loaded)), 40)


def _drain(render: Renderer, document: Document, width: int | None) -> None:
    for piece in render(document, Look(width=width)):
        piece.encode()


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
