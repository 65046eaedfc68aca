"""Coverage-guided fuzzing: any bytes as a digest, then every view of it in every format.

Not a test that pytest runs; see README.md beside this file for the command.
"""

import sys

import atheris

with atheris.instrument_imports(include=["briefing"]):
    import briefing.validate  # noqa: F401  (imported late by the program, so named here)
    from briefing import loader, views
    from briefing.document import Document, one
    from briefing.loader import Origin
    from briefing.problem import InvalidDigest, report
    from briefing.render import PROBLEM_RENDERERS, RENDERERS, Look, renderer
    from briefing.views import VIEWS
    from briefing.views import problems as problems_view

    _VIEWS = [views.view(name) for name in VIEWS]
    _RENDERERS = [renderer(name) for name in RENDERERS]
    _FOR_PROBLEMS = [renderer(name) for name in (*RENDERERS, *PROBLEM_RENDERERS)]

ORIGIN = Origin("-", None)


def one_input(data: bytes) -> None:
    """Whatever these bytes are: output as UTF-8, or problems that can be printed."""
    try:
        loaded = loader.parse(data, ORIGIN)
    except InvalidDigest as error:
        assert error.problems
        text = "\n".join(report(error.problems))
        assert text.replace("\n", " ").isprintable() or not any(c < " " and c != "\n" for c in text), text
        for render in _FOR_PROBLEMS:
            _drain(render, one(problems_view.view(error.problems)))
        return
    for view in _VIEWS:
        for render in _RENDERERS:
            _drain(render, one(view(loaded)))


def _drain(render: object, document: Document) -> None:
    for width in (None, 40):
        for piece in render(document, Look(width=width)):  # type: ignore[operator]
            piece.encode()


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
