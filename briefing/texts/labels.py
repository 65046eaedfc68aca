"""The words with which texts name their own parts: `Article 4`, `párrafo 3`, `第五条`.

CLDR has no such words. These are of the languages that the tests have texts in.
"""

ARTICLE = ("article", "articles", "art.", "arts.", "art", "artículo", "artículos", "artigo", "artigos",
           "articolo", "articoli", "artikel", "artikkel", "artykuł", "статья", "статьи", "ст.", "مادة", "المادة")  # fmt: skip
"""Words before the number of an article."""

SECTION = ("section", "sections", "sec.", "secs.", "§", "§§", "sección", "secciones", "seção", "sezione",
           "abschnitt", "раздел", "rule", "regulation", "regla", "règle", "clause", "clauses", "cláusula")  # fmt: skip
"""Words before the number of a section, a rule or a clause."""

CHAPTER = ("chapter", "chapters", "ch.", "capítulo", "chapitre", "kapitel", "capitolo", "глава", "الفصل")
PART = ("part", "parts", "parte", "partie", "teil", "часть", "title", "título", "titre", "book", "الجزء")
ANNEX = ("annex", "annexes", "appendix", "appendices", "schedule", "schedules", "exhibit", "protocol",
         "anexo", "annexe", "anhang", "anlage", "allegato", "приложение", "ملحق", "apéndice")  # fmt: skip
PREAMBLE = (
    "preamble",
    "preámbulo",
    "préambule",
    "präambel",
    "preambolo",
    "преамбула",
    "preâmbulo",
    "الديباجة",
)

PARAGRAPH = ("paragraph", "paragraphs", "para.", "paras.", "para", "subparagraph", "sub-paragraph",
             "párrafo", "párrafos", "parágrafo", "paragraphe", "paragraphes", "alinéa", "absatz", "abs.",
             "paragrafo", "comma", "apartado", "пункт", "пункта", "п.", "الفقرة", "¶", "¶¶")  # fmt: skip
POINT = ("point", "points", "item", "items", "letter", "subparagraph", "inciso", "letra", "lettre", "buchstabe",
         "lit.", "ziffer", "nr.", "подпункт", "punto", "ponto")  # fmt: skip

NUMBERED = ("no.", "nos.", "no", "nº", "n°", "n.º", "№", "num.", "núm.", "número", "numéro", "nummer", "nr.", "number",
            "page", "pages", "p.", "pp.", "página", "seite", "s.", "стр.", "volume", "vol.", "figure", "fig.",
            "table", "tab.", "footnote", "note", "resolution", "resolución", "résolution", "decree", "decreto",
            "décret", "law", "ley", "loi", "gesetz", "act", "regulation", "directive", "case", "docket", "room",
            "version", "unit", "phase", "day", "línea", "line", "lines", "step", "recital", "considerando")  # fmt: skip
"""Words before a number that names something else than a part of the text."""

ALL = (*ARTICLE, *SECTION, *CHAPTER, *PART, *ANNEX, *PARAGRAPH, *POINT, *NUMBERED)
"""Every word after which a number is a name and not a quantity. Chinese and Japanese have theirs around it: 第4条."""
