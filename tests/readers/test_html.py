"""Pages of the web, good and bad: an article, or one line that says why not."""

import contextlib
import html as escapes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.errors import SourceError
from audio.model import Article
from audio.readers.decode import decode_page
from audio.readers.html import article_of, parse

PARAGRAPH = "Il consiglio comunale ha approvato il bilancio con i voti della maggioranza."
P = f"<p>{PARAGRAPH}</p>".encode()

REFUSED = {
    "empty": b"",
    "blank": b" \n ",
    "binary": b"<html>" + bytes(range(256)) * 100,
    "no_article": b"<html><head><title>Titolo</title></head><body><div id=root></div></body></html>",
    "only_a_menu": b"<html><body><nav><a href=/>Home</a></nav></body></html>",
    "nested_too_deeply": b"<article>" * 2000 + P,
    "attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(5000)) + b">" + P,
    "too_long": b"<p>" + b"parola " * 100_000 + b"</p>",
    "too_large": b"<!-- " + b"x" * 6_000_000 + b" -->" + P,
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=list(REFUSED))
def test_what_holds_no_article_is_refused_in_one_line(raw: bytes) -> None:
    """A page without an article, or made to hurt, raises SourceError with one line that names it."""
    with pytest.raises(SourceError) as caught:
        parse(raw, "pagina.html")
    assert caught.value.message.startswith("pagina.html: ")
    assert "\n" not in caught.value.message


READ = {
    "cut_in_mid_tag": P + b"<p>E poi <a hre",
    "never_closed": b"<html><body><div><p>" + PARAGRAPH.encode(),
    "unclosed_fonts": b"<font>" * 150 + P,
    "broken_declaration": b'<script type="application/ld+json">{"@type":"NewsArticle","headline":}</script>' + P,
    "nested_declaration": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + P,
    "impossible_characters": b"<p>&#1114112;&#xD800;&#0;</p>" + P,
    "entity_bomb": b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + P,
    "declared_utf16": b'<meta charset="utf-16">' + P,
    "declared_nonsense": b'<meta charset="boh">' + P,
    "stray_byte": P + "<p>Perché no, dice il sindaco della città.</p>".encode() + b"\xff",
}


@pytest.mark.parametrize("raw", READ.values(), ids=list(READ))
def test_a_damaged_page_gives_what_is_whole(raw: bytes) -> None:
    """Broken markup, declarations and bytes cost nothing of the text around them."""
    article = article_of(raw, "pagina.html")
    assert PARAGRAPH in [block.text for section in article.sections for block in section.blocks]


def test_scripts_styles_and_hidden_text_are_not_read() -> None:
    """What a browser does not show is not said, nor are marks, control characters and bidirectional tricks."""
    raw = (
        "<title>Titolo \x1b[31mdella \u202epagina</title><h1>Titolo \x1b[31mdella \u202epagina</h1>"
        "<style>p{color:red}</style><script>alert('Salve a tutti.')</script><p hidden>Testo nascosto agli occhi.</p>"
        f"<p>{PARAGRAPH}<script>document.write('Altro ancora.')</script></p>"
        "<p>&lt;script&gt; si scrive così, dice lei.</p>"
    )
    article = article_of(raw.encode(), "pagina.html")
    assert article.headline == "Titolo [31mdella pagina"
    assert [b.text for s in article.sections for b in s.blocks] == [PARAGRAPH, "<script> si scrive così, dice lei."]


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        ("Perché così è la città".encode(), None),
        ("Perché così è la città".encode(), "text/html; charset=iso-8859-1"),
        ("Perché così è la città".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("Perché così è la città".encode("cp1252"), None),
        (b'<meta charset="windows-1250">' + "Perché così è la città".encode("cp1250", "replace"), None),
        ("Perché così è la città".encode("utf-16"), "text/html"),
        ("Perché così è la città".encode() + b"\xc3", None),
    ],
)
def test_charset_by_header_by_page_and_by_content(raw: bytes, content_type: str | None) -> None:
    """Accents come out right whoever declares what, rightly or wrongly."""
    assert "Perch" in decode_page(raw, "pagina", content_type)
    if b"1250" not in raw:
        assert "Perché così è la città" in decode_page(raw, "pagina", content_type)


# Paragraphs as a page holds them: words in any order, a capital, a full stop; what is shorter may be a label.
ITALIAN = (
    "acqua strada sindaco giunta lavori cantiere scuola piazza domenica martedì ieri mattina persone famiglie città"
    " paese regione milioni euro anni hanno deciso detto aperto chiuso sarà era prima dopo senza contro verso durante"
    " perché il la un una del della nel nella con per tra"
).split()
WORDS = st.lists(st.sampled_from(ITALIAN), min_size=18, max_size=40)
SENTENCES = WORDS.map(lambda words: " ".join(words).capitalize() + " davvero.")


@settings(max_examples=60)
@given(st.lists(SENTENCES, min_size=1, max_size=8, unique=True), st.booleans())
def test_every_paragraph_of_a_plain_page_is_kept(sentences: list[str], in_divs: bool) -> None:
    """Whatever the words, each paragraph of an article comes out whole, once and in order."""
    tag = "div" if in_divs else "p"
    body = "".join(f"<{tag}>{escapes.escape(sentence)}</{tag}>" for sentence in sentences)
    page = f"<html><body><nav><a href=/>Home</a></nav><article><h1>Il titolo della prova</h1><div>{body}</div>"
    article = article_of(page.encode(), "pagina.html")
    assert article.headline == "Il titolo della prova"
    assert [b.text for s in article.sections for b in s.blocks] == sentences


MARKUP = st.lists(
    st.sampled_from(
        "<p> </p> <div class='related'> </div> <h1> </h1> <h2> <b> </b> <br> <table> <tr> <td> </table> <ul> <li> </ul>"
        " <a href='x'> </a> <article> </article> <script> </script> <!-- --> <img> <sup> </sup> <pre> </pre>"
        " &amp; &#0; < >"
        " Il Roma, 6 novembre - sindaco. Leggi anche: ANSA è D. perché? \x1b \u202e".split(" ")
    ),
    max_size=60,
)


@settings(max_examples=150)
@given(MARKUP)
def test_no_markup_breaks_the_reader(parts: list[str]) -> None:
    """Any bytes become an Article or a SourceError, and no control character is in what is said."""
    try:
        article = article_of(" ".join(parts).encode(), "pagina.html")
    except SourceError:
        return
    assert isinstance(article, Article)
    said = [article.headline or "", *(b.text for s in article.sections for b in s.blocks)]
    assert all(text.isprintable() for text in said)


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    """Noise is an Article or a SourceError."""
    with contextlib.suppress(SourceError):
        assert isinstance(article_of(b"<p>" + raw, "pagina.html"), Article)


def page(body: str) -> Article:
    return article_of(f"<html><body>{body}</body></html>".encode(), "pagina.html", "text/html; charset=utf-8")


def test_components_named_cmp_are_no_cookie_notice() -> None:
    """A builder whose boxes are called "cmp-text" holds the article; a text goes on in its next box."""
    rows = [
        f'<div class="text"><div class="cmp-text"><p>{sentence}</p><p>{PARAGRAPH}</p></div></div>'
        for sentence in ("Il forno elettrico è stato acceso oggi a Montevarchi.", "Il piano prevede 64 assunzioni.")
    ]
    found = page(f'<div class="root"><h1>Un forno elettrico</h1>{"<h2>Il lavoro</h2>".join(rows)}</div>')
    assert [section.heading for section in found.sections] == [None, "Il lavoro"]
    assert found.sections[1].blocks[0].text == "Il piano prevede 64 assunzioni."


def test_an_entry_without_a_title_has_its_hour() -> None:
    """In a live page an entry with a title is told by it, one without by its hour; none is an item of a list."""
    entry = '<li class="post"><div class="hour"><time>{0}</time></div>{1}<div class="body"><p>{2}</p></div></li>'
    entries = (
        ("21.05", "<h2>Finisce l'allerta</h2>"),
        ("17.48", ""),
        ("15.10", "<h2>Il rio è esondato</h2>"),
        ("11.02", ""),
    )
    told = "".join(entry.format(hour, title, f"{PARAGRAPH[:-1]} alle {hour}.") for hour, title in entries)
    found = page(f"<main><h1>Maltempo, la diretta</h1><ol>{told}</ol></main>")
    assert [s.heading for s in found.sections] == ["Finisce l'allerta", "17.48", "Il rio è esondato", "11.02"]
    assert {block.role.value for s in found.sections for block in s.blocks} <= {"lead", "paragraph"}


def test_who_wrote_is_a_person_that_the_page_marks() -> None:
    """The name that a page marks as a person's is the byline; the site's own, before the title, is none."""
    marked = '<footer><div>Inviato da <span typeof="schema:Person">Tullia Morganti</span></div></footer>'
    assert page(f"<article><h1>Le api</h1>{marked}<p>{PARAGRAPH}</p></article>").byline == "Tullia Morganti"
    raw = '<title>Lunigiana Online - Il cinema</title><meta name="author" content="Lunigiana Online"><h1>Il cinema</h1>'
    assert article_of(f"{raw}<p>{PARAGRAPH}</p>".encode(), "x").byline is None
