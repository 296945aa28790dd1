"""Letters and desks' forms saved as text: the article in them is read, the talk with the desk is not."""

from audio.readers import text

STORY = (
    "La fiumara ha restituito la statua che era stata rubata nella notte di San Giovanni del 2003.",
    "L'ha trovata un pastore, che cercava due capre e ha visto una mano uscire dalla ghiaia.",
)
HEADER = "Da: Pino Scarcella <p.scarcella@posta.example>\nData: lun 17 mar 2025\nOggetto: pezzo statua\n\n"


def said(written: str) -> tuple[str | None, str | None, list[str]]:
    """Return headline, byline and paragraphs."""
    article = text.read(written, "x")
    return article.headline, article.byline, [b.text for s in article.sections for b in s.blocks]


def test_a_note_over_a_rule_is_for_the_desk() -> None:
    """What stands above a rule under a letter's header is no article, nor is what stands below its signature."""
    note = "Ciao Toni,\necco il pezzo, sono rimasto nelle 60 righe.\n\n- - - - - -\n\n"
    foot = (
        "\n\n-- \nPino Scarcella\ntel. 340 0000815\n\n> Il giorno mer 2 apr Toni ha scritto:\n> Mi faresti la statua?"
    )
    written = f"{HEADER}{note}La fiumara restituisce il santo\n\n" + "\n\n".join(STORY) + foot
    assert said(written) == ("La fiumara restituisce il santo", None, list(STORY))


def test_a_note_over_a_signed_title_is_for_the_desk() -> None:
    """Without a rule the article begins at the title that stands over who wrote."""
    note = "Ciao Gavino,\nscusa il ritardo, eccoti il pezzo.\nR.\n\n"
    written = f"{HEADER}{note}La fiumara restituisce il santo\ndi Pino Scarcella\n\n" + "\n\n".join(STORY)
    assert said(written) == ("La fiumara restituisce il santo", "di Pino Scarcella", list(STORY))


def test_an_archive_s_fields_are_not_read() -> None:
    """Of labelled fields those of the article are its head, and the archive's own are dropped."""
    fields = "ARCHIVIO STORICO\nDocumento 7 di 31\nPAGINA    : 17\nTITOLO ...: La fiumara restituisce il santo\n"
    fields += "AUTORE    : Pino Scarcella\nTESTO     :\n\n"
    assert said(fields + "\n\n".join(STORY)) == ("La fiumara restituisce il santo", "Pino Scarcella", list(STORY))


def test_labels_may_stand_over_what_they_name() -> None:
    """A label alone names the next line; an inner label is no heading, and a caption goes with its own."""
    written = f"TITOLO\nLa fiumara restituisce il santo\n\nFIRMA\nPino Scarcella\n\nTESTO\n{STORY[0]}\nINTERTITOLO\n"
    written += f"Il pastore\n{STORY[1]}\n\nDIDASCALIA FOTO 1\nLa statua sul furgone\n"
    article = text.read(written, "x")
    assert [section.heading for section in article.sections] == [None, "Il pastore"]
    assert said(written) == ("La fiumara restituisce il santo", "Pino Scarcella", list(STORY))
    assert "La statua sul furgone" in " ".join(piece.text for piece in article.dropped)


def test_a_second_take_goes_on_with_the_first() -> None:
    """The title and opening of a second take are told as dropped, its paragraphs are said."""
    head = "AGI0743 3 CRO 0 R01 /\n\nStatua: ritrovato il santo di Caulonia{} =\n(AGI) - Reggio Calabria, 14 lug. - "
    written = f"{head.format('')}{STORY[0]} (AGI)\nNu1/Sol (Segue)\n141547 LUG 25\n\nNNNN\n\n"
    written += f"{head.format(' (2)')}{STORY[1]} (AGI)\nNu1/Sol\n141628 LUG 25\n\nNNNN\n"
    assert said(written) == ("Statua: ritrovato il santo di Caulonia", None, list(STORY))


def test_what_follows_a_signature_is_another_piece() -> None:
    """Below the name that signs a letter to the editor stand other letters' titles and the paper's own notes."""
    body = "\n\n".join(
        [*STORY, *(f"Paragrafo numero {n}, che racconta ancora della statua e del pastore." for n in "234")]
    )
    written = (
        f"La statua e il pastore\n\n{body}\n\nAldo Margaroli\nVerbania Intra\n\nLE ALTRE LETTERE\nStrisce blu, grazie"
    )
    assert said(written)[1] == "Aldo Margaroli"
    assert "Strisce blu, grazie" not in said(written)[2]


def test_a_press_databases_codes_are_fields() -> None:
    """HD, BY, LP and TD are headline, author and text; the other codes are the database's."""
    head = "HD   La fiumara restituisce il santo\nBY   di Pino Scarcella\nPD   17 marzo 2008\n\n"
    assert said(f"{head}LP\n{STORY[0]}\n\nTD\n{STORY[1]}") == (
        "La fiumara restituisce il santo",
        "di Pino Scarcella",
        list(STORY),
    )


def test_labels_may_say_how_long_the_text_is_to_be() -> None:
    """The measure behind a label is the desk's."""
    head = "TITOLO (2 righe, max 48 battute)\nLa fiumara restituisce il santo\n\nTESTO da 40 righe\n"
    assert said(f"{head}{STORY[0]}\n{STORY[1]}") == ("La fiumara restituisce il santo", None, list(STORY))


def test_the_marks_of_a_quotation_are_not_said() -> None:
    """A letter that passes on what it quotes gives the text without its marks."""
    story = [*STORY, "Il livello del fiume, ieri sera, era > 2 metri."]
    quoted = "".join(f"> {line}\n> \n" for line in ("La fiumara restituisce il santo", *story))
    assert said(quoted) == ("La fiumara restituisce il santo", None, story)


def test_an_exported_chat_may_say_that_it_is_encrypted() -> None:
    """Above the first message of an export stands a line of the program."""
    chat = "I messaggi sono crittografati.\n03/09/24, 07:12 - Ada: Ciao\n03/09/24, 07:13 - Ada: "
    assert said(f"{chat}La fiumara restituisce il santo\n\n{STORY[0]}\n\n{STORY[1]}\n") == (
        "La fiumara restituisce il santo",
        None,
        list(STORY),
    )
