"""Short treaties in many languages: every unit has its right place, and no heading is a unit."""

import pytest

from briefing.texts.structure import Structure

TREATIES = {
    "es": """PACTO DE LOS PUERTOS

Las Partes,

Considerando que el lago es de ambas orillas;

Han convenido lo siguiente:

Artículo 1
Definiciones

A los efectos del presente Pacto:

a) «puerto» significa un lugar para barcos;

b) «guarda» significa el encargado de un puerto.

Artículo 2.- Cuota. Las Partes pagan una cuota anual de 5 coronas. La cuota se paga en mayo.

Artículo tercero

1. Cada Parte enciende las lámparas. Véase el art. 2.
2. Las lámparas arden:
a) de noche;
b) con niebla.

EN FE DE LO CUAL, los infrascritos firman el presente Pacto.

Hecho en Orilla, el 3 de mayo de 2025.

Por el Gobierno de Orilla:
________________

Anexo I

La esclusa abre al alba.
""",
    "fr": """Les Parties,

Sont convenues de ce qui suit :

Article premier
Définitions

Aux fins du présent pacte :

a) « port » désigne un lieu pour les bateaux ;

b) « garde » désigne la personne chargée d'un port.

Article 2 – Droits

1. Chaque Partie paie un droit de 5 couronnes. Il est payé en mai.

2. Le droit couvre :
   a) l'écluse ;
   b) les lampes.

Article 3 (Litiges)

Tout litige est réglé par les gardes.

En foi de quoi, les soussignés ont signé le présent pacte.

Fait à Rive, le 3 mai 2025.

Annexe

L'écluse ouvre à l'aube.
""",
    "de": """Präambel

Die Parteien sind übereingekommen.

Artikel 1
Begriffe

(1) Im Sinne dieses Paktes bedeutet „Hafen“ einen Ort für Boote.
(2) Der Hafen umfasst
a) die Schleuse,
b) die Lampen.

§ 2 Gebühren

Jede Partei zahlt am 3. Mai eine Gebühr von 5 Kronen. Die Gebühr ist z. B. in bar zu zahlen.

Artikel 3 – Streit

Streit schlichten die Wärter.

Geschehen zu Ufer am 3. Mai 2025 in zwei Urschriften.

Anlage 1

Die Schleuse öffnet im Morgengrauen.
""",
    "it": """Le Parti hanno convenuto quanto segue:

Articolo 1
Definizioni

1. Ai fini del presente patto «porto» significa un luogo per le barche.
2. Il porto comprende:
a) la chiusa;
b) le lampade.

Art. 2 - Diritti

Ogni Parte paga un diritto. Il diritto si paga a maggio.

In fede di che i sottoscritti hanno firmato.

Fatto a Riva, il 3 maggio 2025.

Allegato A

La chiusa apre all'alba.
""",
    "pt": """As Partes acordam o seguinte:

Artigo 1.º
Definições

1 - Para efeitos do presente Pacto, «porto» é um lugar para barcos.
2 - O porto inclui:
a) a eclusa;
b) as lâmpadas.

Art. 2º As Partes pagam uma taxa:

I - anual;
II - em maio.

§ 1º A taxa é baixa.

§ 2º A taxa é paga.

Artigo terceiro

Os guardas resolvem os litígios.

Feito em Margem, aos 3 de maio de 2025.

Anexo II

A eclusa abre de manhã.
""",
    "ru": """Стороны договорились о нижеследующем:

Статья 1
Определения

1. Для целей настоящего Пакта «порт» означает место для лодок.
2. Порт включает:
а) шлюз;
б) фонари.

Статья 2. Сборы

Каждая Сторона платит сбор. Сбор платится в мае.

Совершено в городе Берег 3 мая 2025 года.

Приложение 1

Шлюз открывается на рассвете.
""",
    "ar": """المادة 1
تعريفات

1- لأغراض هذا الميثاق يعني الميناء مكانا للقوارب.
2- يشمل الميناء ما يلي:
(أ) القفل؛
(ب) المصابيح.

المادة الثانية

يدفع كل طرف رسما. يدفع الرسم في مايو.

المادة (٣)

يحل الحراس النزاعات.

ملحق 1

يفتح القفل عند الفجر.
""",
    "zh": """双方议定如下：

第一章 总则

第一条 定义

一、本协定中“港口”是指船只停靠的地方。
二、港口包括：
（一）船闸；
（二）灯。

第二条 双方支付费用。费用在五月支付。

第三条（争端）争端由看守人解决。

第二章 其他

第四条

看守人点灯。灯在夜里亮。

附件一

船闸黎明开放。
""",
    "ja": """第一章　総則

（目的）
第一条　この協定は、港について定める。

第二条　締約国は、料金を払う。
２　料金は五月に払う。
３　料金は、次のものを含む。
一　水門
二　灯火

第三条
１　港は開く。
２　港は閉じる。
""",
}

UNITS = {
    "es": [
        ("Preamble", "Las Partes,"),
        ("Preamble", "Considerando que el lago es de ambas orillas;"),
        ("Preamble", "Han convenido lo siguiente:"),
        ("Art. 1", "A los efectos del presente Pacto:"),
        ("Art. 1(a)", "a) «puerto» significa un lugar para barcos;"),
        ("Art. 1(b)", "b) «guarda» significa el encargado de un puerto."),
        ("Art. 2", "Las Partes pagan una cuota anual de 5 coronas."),
        ("Art. 2", "La cuota se paga en mayo."),
        ("Art. 3(1)", "1. Cada Parte enciende las lámparas."),
        ("Art. 3(1)", "Véase el art. 2."),
        ("Art. 3(2)", "2. Las lámparas arden:"),
        ("Art. 3(2)(a)", "a) de noche;"),
        ("Art. 3(2)(b)", "b) con niebla."),
        ("Testimonium", "EN FE DE LO CUAL, los infrascritos firman el presente Pacto."),
        ("Testimonium", "Hecho en Orilla, el 3 de mayo de 2025."),
        ("Annex I, ¶1", "La esclusa abre al alba."),
    ],
    "fr": [
        ("Preamble", "Les Parties,"),
        ("Preamble", "Sont convenues de ce qui suit :"),
        ("Art. 1", "Aux fins du présent pacte :"),
        ("Art. 1(a)", "a) « port » désigne un lieu pour les bateaux ;"),
        ("Art. 1(b)", "b) « garde » désigne la personne chargée d'un port."),
        ("Art. 2(1)", "1. Chaque Partie paie un droit de 5 couronnes."),
        ("Art. 2(1)", "Il est payé en mai."),
        ("Art. 2(2)", "2. Le droit couvre :"),
        ("Art. 2(2)(a)", "a) l'écluse ;"),
        ("Art. 2(2)(b)", "b) les lampes."),
        ("Art. 3", "Tout litige est réglé par les gardes."),
        ("Testimonium", "En foi de quoi, les soussignés ont signé le présent pacte."),
        ("Testimonium", "Fait à Rive, le 3 mai 2025."),
        ("Annex, ¶1", "L'écluse ouvre à l'aube."),
    ],
    "de": [
        ("Preamble", "Die Parteien sind übereingekommen."),
        ("Art. 1(1)", "(1) Im Sinne dieses Paktes bedeutet „Hafen“ einen Ort für Boote."),
        ("Art. 1(2)", "(2) Der Hafen umfasst"),
        ("Art. 1(2)(a)", "a) die Schleuse,"),
        ("Art. 1(2)(b)", "b) die Lampen."),
        ("Art. 1, Sec. 2", "Jede Partei zahlt am 3. Mai eine Gebühr von 5 Kronen."),
        ("Art. 1, Sec. 2", "Die Gebühr ist z. B. in bar zu zahlen."),
        ("Art. 3", "Streit schlichten die Wärter."),
        ("Testimonium", "Geschehen zu Ufer am 3. Mai 2025 in zwei Urschriften."),
        ("Annex 1, ¶1", "Die Schleuse öffnet im Morgengrauen."),
    ],
    "it": [
        ("Preamble", "Le Parti hanno convenuto quanto segue:"),
        ("Art. 1(1)", "1. Ai fini del presente patto «porto» significa un luogo per le barche."),
        ("Art. 1(2)", "2. Il porto comprende:"),
        ("Art. 1(2)(a)", "a) la chiusa;"),
        ("Art. 1(2)(b)", "b) le lampade."),
        ("Art. 2", "Ogni Parte paga un diritto."),
        ("Art. 2", "Il diritto si paga a maggio."),
        ("Testimonium", "In fede di che i sottoscritti hanno firmato."),
        ("Testimonium", "Fatto a Riva, il 3 maggio 2025."),
        ("Annex A, ¶1", "La chiusa apre all'alba."),
    ],
    "pt": [
        ("Preamble", "As Partes acordam o seguinte:"),
        ("Art. 1(1)", "1 - Para efeitos do presente Pacto, «porto» é um lugar para barcos."),
        ("Art. 1(2)", "2 - O porto inclui:"),
        ("Art. 1(2)(a)", "a) a eclusa;"),
        ("Art. 1(2)(b)", "b) as lâmpadas."),
        ("Art. 2", "As Partes pagam uma taxa:"),
        ("Art. 2(I)", "I - anual;"),
        ("Art. 2(II)", "II - em maio."),
        ("Art. 2(1)", "§ 1º A taxa é baixa."),
        ("Art. 2(2)", "§ 2º A taxa é paga."),
        ("Art. 3", "Os guardas resolvem os litígios."),
        ("Testimonium", "Feito em Margem, aos 3 de maio de 2025."),
        ("Annex II, ¶1", "A eclusa abre de manhã."),
    ],
    "ru": [
        ("Preamble", "Стороны договорились о нижеследующем:"),
        ("Art. 1(1)", "1. Для целей настоящего Пакта «порт» означает место для лодок."),
        ("Art. 1(2)", "2. Порт включает:"),
        ("Art. 1(2)(а)", "а) шлюз;"),
        ("Art. 1(2)(б)", "б) фонари."),
        ("Art. 2", "Каждая Сторона платит сбор."),
        ("Art. 2", "Сбор платится в мае."),
        ("Testimonium", "Совершено в городе Берег 3 мая 2025 года."),
        ("Annex 1, ¶1", "Шлюз открывается на рассвете."),
    ],
    "ar": [
        ("Art. 1(1)", "1- لأغراض هذا الميثاق يعني الميناء مكانا للقوارب."),
        ("Art. 1(2)", "2- يشمل الميناء ما يلي:"),
        ("Art. 1(2)(أ)", "(أ) القفل؛"),
        ("Art. 1(2)(ب)", "(ب) المصابيح."),
        ("Art. 2", "يدفع كل طرف رسما."),
        ("Art. 2", "يدفع الرسم في مايو."),
        ("Art. 3", "يحل الحراس النزاعات."),
        ("Annex 1, ¶1", "يفتح القفل عند الفجر."),
    ],
    "zh": [
        ("Preamble", "双方议定如下："),
        ("Art. 1(一)", "一、本协定中“港口”是指船只停靠的地方。"),
        ("Art. 1(二)", "二、港口包括："),
        ("Art. 1(二)(一)", "（一）船闸；"),
        ("Art. 1(二)(二)", "（二）灯。"),
        ("Art. 2", "双方支付费用。"),
        ("Art. 2", "费用在五月支付。"),
        ("Art. 3", "争端由看守人解决。"),
        ("Art. 4", "看守人点灯。"),
        ("Art. 4", "灯在夜里亮。"),
        ("Annex 1, ¶1", "船闸黎明开放。"),
    ],
    "ja": [
        ("Art. 1", "この協定は、港について定める。"),
        ("Art. 2", "締約国は、料金を払う。"),
        ("Art. 2(2)", "２\u3000料金は五月に払う。"),
        ("Art. 2(3)", "３\u3000料金は、次のものを含む。"),
        ("Art. 2(3)(一)", "一\u3000水門"),
        ("Art. 2(3)(二)", "二\u3000灯火"),
        ("Art. 3(1)", "１\u3000港は開く。"),
        ("Art. 3(2)", "２\u3000港は閉じる。"),
    ],
}


@pytest.mark.parametrize("language", TREATIES)
def test_every_unit_has_its_place(language: str) -> None:
    found = Structure(TREATIES[language], language).sentences
    assert [(sentence.place, sentence.text) for sentence in found] == UNITS[language]


@pytest.mark.parametrize("language", TREATIES)
def test_a_place_is_a_locator_of_its_unit(language: str) -> None:
    structure = Structure(TREATIES[language], language)
    for sentence in structure.sentences:
        within = structure.within(sentence.place)
        assert within
        assert any(start <= sentence.start and sentence.end <= end for start, end in within)
