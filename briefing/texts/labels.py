"""The words with which texts name their own parts: `Article 4`, `párrafo 3`, `第五条`.

CLDR has no such words. These are of the languages that the tests have texts in.
"""

import re
from functools import cache, lru_cache

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


# Other forms of these words and of the like: plurals, cases, short forms. Each is a pattern for a whole word.
_FORMS = (
    # English
    "articles? (?:sub-?)?sections? (?:sub-?)?clauses? principles? standards? modules? comments? chapters? parts? annex(?:es)? appendi(?:x|ces) schedules? exhibits? protocols? "
    "(?:sub-?)?para(?:graph)?s?\\.? points? items? letters? rules? regulations? titles? books? recitals? titles? "
    "nos?\\. numbers? pages? volumes? tables? footnotes? resolutions? decrees? laws? directives? phases? questions? "
    "amendments? conventions? dockets? rooms? flights? h\\.r\\. iso fy tel\\.? docs?\\. ref\\.? days? lines? steps? "
    # Spanish and Portuguese
    "art(?:í|i)culos? artigos? secci(?:ó|o)n(?:es)? seç(?:ão|ões) capítulos? títulos? anexos? apéndices? párrafos? "
    "parágrafos? apartados? numerales? numeral literal(?:es)? incisos? letras? al[íi]neas? fracci(?:ó|o)n(?:es)? "
    "cláusulas? puntos? pontos? números? n(?:ú|u)ms?\\. páginas? págs?\\.? resoluci(?:ó|o)n(?:es)? resoluç(?:ão|ões) "
    "decretos? ley(?:es)? lei disposici(?:ó|o)n(?:es)? regla?s? considerandos? "
    # French
    "articles? chapitres? titres? annexes? alinéas? paragraphes? points? lettres? règles? règlements? résolutions? "
    "décrets? lois? numéros? n(?:o|os|º|°)s? considérants? protocoles? "
    # German and Dutch
    "artikel[ns]? artikelen abs(?:atz|ätze|ätzen|atzes)\\.? satz kapitels? abschnitt(?:e|en|s)? teil(?:e|en|s)? "
    "anlagen? anh(?:ang|änge|ängen|angs) ziffern? nummern? nrn?\\.? buchstaben?s? gesetz(?:e|es)? seiten? "
    "resolution(?:en)? protokolls? leden lid nr hoofdstuk bijlagen? paragraaf onderdeel punt "
    # Italian, Romanian
    "articol[oi] articolul(?:ui)? commi comma paragraf[oi] cap[oi] capitol[oi] titol[oi] allegat[oi] letter[ae] "
    "sezion[ei] pagin[ae] regol[ae] punt[oi] leg(?:ge|ea) decret[oi] n\\. nn\\. numer[oi] alineatul(?:ui)? "
    # Scandinavian, Finnish, Hungarian, Turkish, Indonesian, Vietnamese
    "artikkel artiklen artiklar artiklan? kohdan? stk\\.? paragraf cikk madde(?:si|ye|de|nin)? fıkra(?:sı)? pasal ayat "
    "bab điều khoản chương điểm "
    "alin\\.? člá?n(?:ek|ku|kem|ok|kom)? čl\\.? člen(?:a|u|om)? stav(?:ak|ka|ku)? "
    # Serbian, Croatian, Bulgarian, Macedonian
    "член(?:а|у|ове|ом)? чл\\. ал\\. члан(?:а|у|ом)? став(?:а|у)? тачк(?:а|е) член(?:ак|ка)? članak članka članku članci "
    # Polish, Czech, Slovak
    "artyku(?:ł|łu|łem|le|ły|łów|łach) art\\. ust(?:\\.|ęp|ępu|ępie|ępem) pkt\\.? punkt(?:u|y|em)? rozdzia(?:ł|łu|le) "
    "załącznik(?:a|u|iem)? nr článk?(?:ek|u|em|y|och)? odst(?:\\.|avec|avci) příloh[ay] kapitol[ay] "
    # Russian and Ukrainian, in all cases
    "стат(?:ья|ьи|ье|ью|ьей|ьёй|ей|ьям|ьями|ьях) стат(?:тя|ті|тю|тею|тей|тями|тях) (?:под)?пункт(?:а|у|ом|е|ы|ов|ам|ами|ах|і)? "
    "част(?:ь|и|ью|ей|ям|ями|ях)(?:на)? частин[аиіу] глав(?:а|ы|е|у|ой|ам|ами|ах)? раздел(?:а|у|ом|е|ы|ов)? розділ[уі]? "
    "приложени(?:е|я|ю|ем|и|й|ям|ями|ях) додат(?:ок|ку|ка|ком) резолюци(?:я|и|ю|ей|й|ям|ями|ях) резолюці[яїю] "
    "параграф(?:а|у|ом|е|ы|ов)? абзац(?:а|у|ем|е|ы|ев)? протокол(?:а|у|ом|е|ы|ов)? страниц(?:а|ы|е|у|ей)? пп?\\. "
    "стст?\\. ст\\. ч\\. гл\\. разд\\. стр\\. номер(?:а|у|ом|е)? закон(?:а|у|ом|е)? указ(?:а|у|ом|е)? "
    # Greek
    "άρθρ(?:ο|ου|α|ων) παράγραφ(?:ος|ου|οι|ων) κεφάλαι(?:ο|α|ου) παράρτημα(?:τος)? "
    # Arabic, with its prefixes; Persian; Hebrew
    "(?:[وفبكل]{0,2}(?:ال|ل)?)(?:مادة|مادتان|مادتين|مواد|فقرة|فقرتان|فقرتين|فقرات|بند|بندان|بندين|بنود|فصل|باب|ملحق|مرفق|قرار|قرارات|رقم|جزء|قسم|صفحة|قانون|مرسوم|دورة|جلسة) "
    "ماده(?:ٔ|ی)? بند(?:های)? تبصره اصل فصل شماره(?:ٔ|ی)? صفحه قطعنامه(?:ٔ|ی)? پیوست مواد (?:[בלהומ]{0,2})(?:סעיף|סעיפים|פרק|נספח|מספר|עמוד) "
    # Hindi, Bengali, Urdu
    "अनुच्छेद(?:ों)? धारा(?:ओं|एँ|एं)? संख्या पैरा(?:ग्राफ)? अध्याय खंड खण्ड अनुसूची भाग पृष्ठ नियम संकल्प प्रस्ताव নং অনুচ্ছেদ ধারা دفعہ آرٹیکل شق "
)  # fmt: skip
_ONLY_CAPITALISED = [
    "order",
    "orders",
    "bill",
    "form",
    "route",
    "group",
    "zone",
    "level",
    "class",
    "category",
    "stage",
    "tier",
    "tranche",
    "grade",
    "block",
    "camp",
    "sector",
    "goal",
    "goals",
    "target",
]
_ONLY_ENGLISH = ("nos",)  # elsewhere it is a word like "our"
_GLUED = re.compile(
    "(?:มาตรา|วรรค|หมวด|หน้า|ที่|ข้อ|ฉบับ|บทที่|第|제|附件|附录|附錄|附則|附则|附表|別表|别表|附属書|附屬書|議定書|议定书|表|図|图|圖|注|별표|부속서)$"
)
"""Words of scripts without spaces, where a word does not begin after one."""


AFTER = re.compile(
    r"\s(?:artikl\w{1,4}|koh(?:ta|dan|dassa)|moment(?:ti|in|issa)|straipsni\w{1,5}|kap\.|pant[sua]\w{0,2})(?!\w)",
    re.IGNORECASE,
)
"""Words after the number of a part: Finnish, Lithuanian, Swedish, Latvian."""


@cache
def _forms() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in "".join(_FORMS).split()))


@cache
def _all() -> frozenset[str]:
    return frozenset(ALL)


@lru_cache(maxsize=1 << 14)
def names_a_part(word: str, language: str = "en") -> bool:
    """Whether a number after this word is a name: "Article", "nos.", "l'article", "статьями", "للمادة"."""
    bare = word.lower().lstrip("\"“«'([")
    if bare in _ONLY_ENGLISH:
        return language.partition("-")[0].lower() == "en"
    if bare in _ONLY_CAPITALISED:
        return word[:1].isupper()
    for each in (bare, bare.rstrip("."), re.sub(r"^\w{1,5}['’]", "", bare)):
        if each in _all() or _forms().fullmatch(each):
            return True
    return _GLUED.search(word) is not None
