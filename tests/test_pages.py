"""What pages add to a text is found, and nothing else is taken for it."""

import pytest

from briefing.texts.pages import furniture


def without(raw: str) -> str:
    """The text with one space in the place of what pages added."""
    for start, end in reversed(furniture(raw)):
        raw = f"{raw[:start]} {raw[end:]}"
    return raw.strip()


@pytest.mark.parametrize(
    "page",
    ["\n\n   12\nHARBOUR PACT\n\n", "\n\f", "\n\n- 3 -\n\n", "\nPage 3 of 12\n", "\n12\n\n\f"],
)
def test_a_sentence_goes_on_over_a_page(page: str) -> None:
    raw = f"They shall pay the fee within thirty{page}days of the notice."
    assert without(raw) == "They shall pay the fee within thirty days of the notice."


def test_running_heads_beside_page_numbers() -> None:
    page = "\n{}\n\n\fHarbour Board\n\nNo. 7 of the series\n\n"
    raw = f"The gate opens at{page.format(1)}dawn.\nThe gate closes.{page.format(2)}The fee is due."
    assert without(raw) == "The gate opens at dawn.\nThe gate closes. The fee is due."


@pytest.mark.parametrize(
    "raw",
    [
        "Tolls\n\n12\n\n14\n\n19\n\nin crowns a year",
        "1. The port opens.\n2. The port closes.\n",
        "O blow, ye winds\n\nRow, row\n\nO blow, ye waves\n\nRow, row\n\nO rest, ye men\n\nRow, row\n",
        "They pay a yearly fee of exactly\n12\ncrowns to the keeper of the lock.",
        "HARBOUR PACT\n\nThe parties open the port.",
    ],
    ids=["table", "list", "refrain", "figure", "title"],
)
def test_text_is_no_furniture(raw: str) -> None:
    assert furniture(raw) == ()
