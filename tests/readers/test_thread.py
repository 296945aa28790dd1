"""Which part of a letter is read: its own words, what it forwards, never what it answers."""

import pytest

from audio.readers import parse
from audio.readers.text.thread import reasons_to_skip

STORY = (
    "Il ponte di Casale riapre domani dopo due anni. Il Comune ha speso tre milioni di euro.",
    "I negozi della riva festeggiano. «Avevamo perso metà dei clienti», dice il barista Ugo Re.",
)
OLDER = ("Ce la fai con il pezzo sul ponte?", "Quaranta righe entro le sei.")
ATTRIBUTION = "Il giorno mar 8 lug 2025 alle ore 15:40 Capo <capo@giornale.example> ha scritto:"


def letter(subject: str, *lines: str, kind: str = "plain") -> bytes:
    """Return a letter of some lines."""
    head = f"From: a@b.example\nSubject: {subject}\nContent-Type: text/{kind}; charset=utf-8\n\n"
    return (head + "\n".join(lines)).encode()


def said(raw: bytes) -> str:
    """Return all that would be spoken of a letter."""
    (article,) = parse("mail", raw, "lettera.eml")
    texts = [block.text for section in article.sections for block in section.blocks]
    return "\n".join([article.headline or "", article.standfirst or "", *texts])


@pytest.mark.parametrize("wrapped", [False, True])
def test_what_a_letter_answers_is_not_read(wrapped: bool) -> None:
    """The quotation below an answer is not read, nor the line that says whose it is, wrapped or not."""
    told = ATTRIBUTION.replace(" ha scritto:", "\nha scritto:") if wrapped else ATTRIBUTION
    spoken = said(letter("Re: ponte", *STORY, "", told, *(f"> {line}" for line in OLDER)))
    assert all(line in spoken for line in STORY)
    assert not any(line in spoken for line in (*OLDER, "ha scritto"))


def test_an_answer_below_the_quotation_is_read() -> None:
    """Who answers below the quotation is read as who answers above it."""
    spoken = said(letter("Re: ponte", ATTRIBUTION, *(f"> {line}" for line in OLDER), "", *STORY))
    assert all(line in spoken for line in STORY)
    assert OLDER[0] not in spoken


def test_a_quotation_alone_is_the_text() -> None:
    """Where a letter has no words of its own, what it quotes is read, without the marks."""
    spoken = said(letter("Re: ponte", "Ecco.", ATTRIBUTION, *(f"> {line}" for line in STORY)))
    assert all(line in spoken for line in STORY)
    assert ">" not in spoken


def test_a_note_above_a_forwarded_letter_is_not_read() -> None:
    """Of a letter that forwards, what it forwards is read, not the note to the desk."""
    spoken = said(letter("Fwd: ponte", "Per il gr delle 13.", "---------- Forwarded message ---------", "", *STORY))
    assert all(line in spoken for line in STORY)
    assert "gr delle 13" not in spoken


def test_an_original_below_an_answer_is_not_read() -> None:
    """The original message below an answer is what it answers, below anything else what it forwards."""
    lines = [*STORY, "-----Messaggio originale-----", *OLDER]
    quoted = [False] * len(lines)
    assert [n for n, why in enumerate(reasons_to_skip(lines, quoted, answers=True)) if why] == [2, 3, 4]
    turned = [*OLDER, "-----Messaggio originale-----", *STORY]
    assert [n for n, why in enumerate(reasons_to_skip(turned, quoted, answers=False)) if why] == [0, 1, 2]


def test_a_salute_above_the_release_ends_nothing() -> None:
    """The salute of a covering note above a release takes nothing of the release away."""
    body = "".join(f"<p>{line}</p>" for line in ("Gentili colleghi,", "Cordiali saluti", *STORY))
    spoken = said(letter("Il ponte riapre", f"<html><body>{body}</body></html>", kind="html"))
    assert all(line in spoken for line in STORY)


def test_the_name_of_a_newsletter_between_rules_is_no_title() -> None:
    """A newsletter's name and motto between two lines of dashes are not its story's title."""
    rule = "=" * 30
    spoken = said(letter("Onda 48", rule, "ONDA LUNGA", "Per chi guarda il mare", rule, "", "Il ponte", "", *STORY))
    assert spoken.startswith("Il ponte\n")
    assert "chi guarda il mare" not in spoken


@pytest.mark.parametrize(
    "line",
    [
        "Per smettere di fumare bastano tre giorni, dicono i medici di Pavia.",
        "Per annullare il voto serviva una firma che nessuno ha messo.",
        "Cancellati quaranta treni tra Bari e Foggia.",
        "Questo messaggio era riservato ai ministri, ma in due ore lo hanno letto tutti.",
        "Prima di stampare il giornale, il tipografo ha fermato le macchine.",
        "Ai sensi del regolamento comunale i cani devono restare al guinzaglio.",
    ],
)
def test_a_story_that_begins_like_a_footer_takes_nothing_away(line: str) -> None:
    """A sentence that begins like a letter's footer is read, and so is all below it."""
    body = "".join(f"<p>{text}</p>" for text in (*STORY, line, *STORY[:1]))
    spoken = said(letter("Il ponte riapre", f"<html><body><h1>Il ponte</h1>{body}</body></html>", kind="html"))
    assert line in spoken
    assert spoken.count(STORY[0]) == 2


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_line_of_a_footer_above_the_text_takes_only_itself(kind: str) -> None:
    """Where most of a letter stands below a line about unsubscribing, that line alone is left out."""
    line = "Per non ricevere più questa newsletter clicca qui."
    below = (
        "La piazza del mercato torna ai pedoni: da lunedì le auto gireranno attorno al duomo.",
        "Il sindaco promette altri cento posti al parcheggio della stazione, aperto anche di notte.",
        "I bambini della scuola Rodari hanno piantato dodici tigli davanti alla fontana.",
    )
    texts = ("Il ponte riapre", STORY[0], line, *below)
    body = "".join(f"<p>{text}</p>" for text in texts) if kind == "html" else "\n\n".join(texts)
    spoken = said(letter("Il ponte riapre", body, kind=kind))
    assert line not in spoken
    assert all(text in spoken for text in (STORY[0], *below))
