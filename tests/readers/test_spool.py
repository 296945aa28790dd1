"""Several takes in one file: each story is read, none swallows another, and one story in parts stays one."""

from audio.readers import text

FIRST = (
    "ZCZC AGT0412/SXR\n\nClima, tremila alberi nei cortili delle scuole\n\n"
    "(AGT) - BOLOGNA, 10 NOV - Tremila alberi in novantaquattro cortili, nell'arco di due inverni. È il piano del "
    "Comune, che comincerà dal quartiere Savena, il più caldo della città.\nNNNN\n"
)
SECOND = (
    "ZCZC AGT0413/SXR\n\nAlbania, accordo per il porto turistico\n\n"
    "(AGT) - TIRANA, 10 NOV - Il governo e un consorzio di sette imprese italiane hanno firmato un accordo per la "
    "costruzione di un porto con seicentoventi posti barca.\nNNNN\n"
)


def titles(written: str) -> list[str | None]:
    return [article.headline for article in text.parse(written.encode(), "x")]


def test_each_take_is_a_story() -> None:
    """Two takes in one file, each to its NNNN, are two stories, in their order."""
    assert titles(f"{FIRST}\n{SECOND}") == [
        "Clima, tremila alberi nei cortili delle scuole",
        "Albania, accordo per il porto turistico",
    ]


def test_a_story_in_two_takes_stays_one() -> None:
    """Takes under one title, numbered, are one story."""
    second = FIRST.replace("scuole\n", "scuole (2)\n").replace("Tremila alberi in", "I vivai che li forniscono sono in")
    assert len(titles(f"{FIRST}\n{second}")) == 1


def test_a_rule_parts_takes_that_have_a_day_each() -> None:
    """In an agency's bulletin without NNNN a rule of dashes stands between two takes, each with its place and day."""
    rule = "-" * 40
    first, second = (take.partition("\n\n")[2].removesuffix("NNNN\n") for take in (FIRST, SECOND))
    dated = f"{first}\n{rule}\n{second}".replace("BOLOGNA, 10 NOV", "Bologna, 10 nov.").replace("TIRANA", "Tirana")
    assert len(titles(dated.replace("Tirana, 10 NOV", "Tirana, 10 nov."))) == 2


def test_a_rule_in_a_story_parts_nothing() -> None:
    """A text whose parts stand between rules, but only one of which is dated, is one story."""
    assert len(titles(f"{FIRST.replace('NNNN', '')}\n{'-' * 40}\n\nIl piano costa novecentomila euro.\n")) == 1


STORIES = (
    ("Il treno torna a febbraio", "La data adesso c'è: lunedì 15 febbraio la ferrovia riaprirà, con ventotto corse."),
    (
        "A Cogne la scuola si salva",
        "Il minimo era otto, gli iscritti sono otto: la scuola resterà aperta anche quest'anno.",
    ),
)


def test_counted_stories_of_a_newsletter_are_parted() -> None:
    """Stories counted before their titles, each below the first under a rule, or over them, are one article each."""
    before = "\n\n--------------------\n\n".join(f"{n}. {a}\n\n{b}" for n, (a, b) in enumerate(STORIES, 1))
    over = "\n\n".join(f"-- {n} --\n\n{a}\n\n{b}" for n, (a, b) in enumerate(STORIES, 1))
    expected = [title for title, _ in STORIES]
    assert titles(f"In questo numero: il treno, la scuola\n\n{before}\n") == expected
    assert titles(f"In questo numero: il treno, la scuola\n\n{over}\n") == expected


def test_counted_headings_part_no_story() -> None:
    """Headings that a story counts, with no rule between its parts, leave it one article."""
    parts = "\n\n".join(f"{n}. {a}\n\n{b}" for n, (a, b) in enumerate(STORIES, 1))
    assert titles(f"Valle d'Aosta, un inverno di attese\n\nSi aspetta, e non solo la neve.\n\n{parts}\n") == [
        "Valle d'Aosta, un inverno di attese"
    ]


def test_counted_rules_part_takes() -> None:
    """The export of a desk's machine counts its takes in the rules between them: each is a story."""
    first, second = (take.partition("\n\n")[2].removesuffix("NNNN\n") for take in (FIRST, SECOND))
    rule = "-" * 50
    assert len(titles(f"3 lanci\n\n{rule} [1/2]\n{first}\n{rule} [2/2]\n{second}")) == 2


def test_a_signed_title_under_a_rule_begins_a_story() -> None:
    """Of a newsletter in plain text the ruled parts are stories where who wrote stands under one of the titles."""
    rule = "-" * 40
    told = ["Il battello delle sette non partirà più da Luino, e gli studenti dovranno prendere la corriera. " * 2] * 2
    signed = f"IL BATTELLO SI FERMA\n\n{told[0]}\n\n{rule}\n\nCASTAGNE, ANNATA NERA\ndi Ada Neri\n\n{told[1]}\n"
    assert titles(f"{signed}\n{rule}\nPer cancellarti: https://lago.example/via\n") == [
        "IL BATTELLO SI FERMA",
        "CASTAGNE, ANNATA NERA",
    ]
    assert len(titles(signed.replace("di Ada Neri\n", ""))) == 1
