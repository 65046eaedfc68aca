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
    [
        "\n\n   12\nHARBOUR PACT\n\n",
        "\n\nHARBOUR PACT\n\n12\n\n",
        "\n- 3 -\n",
        "\n\f",
        "\n\n- 3 -\n\n",
        "\nPage 3 of 12\n",
        "\n12\n\n\f",
    ],
)
def test_a_sentence_goes_on_over_a_page(page: str) -> None:
    raw = f"They shall pay the fee within thirty{page}days of the notice."
    assert without(raw) == "They shall pay the fee within thirty days of the notice."


def test_a_sentence_without_spaces_goes_on_over_a_page() -> None:
    before, after = "締約国は、この条約の規定に従い、", "相互に利益を尊重し、協力する。"
    assert without(f"{before}\n\n12\n\n{after}") == f"{before} {after}"
    assert furniture("港の利用料金の表\n\n12\n\n附属書の一覧の表") == ()


def test_the_head_of_the_first_page_is_one_too() -> None:
    pages = [
        "Harbour Pact        8\n\nThey pay the",
        "Harbour Pact     9\n\nfee.",
        "Harbour Pact 10\n\nIt is low.",
    ]
    assert without("\n\f".join(pages)).split() == ["They", "pay", "the", "fee.", "It", "is", "low."]


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


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("\n\nHarbour Pact 3\n\f", "\n\nHarbour Pact 4\n\f"),
        ("\n\n\f4 HARBOUR PACT\n\n", "\n\n\f5 HARBOUR PACT\n\n"),
        ("\n\nHarbour Pact 3\n\f4 HARBOUR PACT\n\n", "\n\nHarbour Pact 4\n\f5 HARBOUR PACT\n\n"),
        ("\n\nPage 3 | Pact\n\n", "\n\nPage 4 | Pact\n\n"),
        ("\n\n– 3 –\n\n", "\n\n– 4 –\n\n"),
        ("\n[3]\n", "\n\n[4]\n\n"),
        ("\n\n3/12\n\n", "\n\n4/12\n\n"),
        ("\n\nLake Office\n3\n\f\nHARBOUR PACT\n\n", "\n\nLake Office\n4\n\f\nHARBOUR PACT\n\n"),
        ("\n\nLake Office\n\n3\n\nHARBOUR PACT\n\n", "\n\nLake Office\n\n4\n\nHARBOUR PACT\n\n"),
    ],
)
def test_heads_and_feet_whose_numbers_rise(first: str, second: str) -> None:
    raw = f"They shall pay the fee within thirty{first}days of the notice.\n\nIt is low.{second}It is due.\n"
    assert without(raw) == "They shall pay the fee within thirty days of the notice.\n\nIt is low. It is due."


@pytest.mark.parametrize("word", ["Article", "Annex", "Table", "Rule", "§"])
def test_headings_at_the_top_of_a_page_are_no_running_heads(word: str) -> None:
    raw = f"The port opens.\n\f{word} 2\n\nIt closes.\n\f{word} 3\n\nThe end.\n"
    assert f"{word} 2" in without(raw)
