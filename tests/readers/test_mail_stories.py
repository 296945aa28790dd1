"""A letter that holds several stories is several articles, whatever shows where each begins."""

from audio.model import Article
from audio.readers import parse

STORY = "La fiumara ha restituito la statua che era stata rubata nella notte di San Giovanni del 2003."
TITLES = ["La fiumara restituisce il santo", "Il pastore cercava due capre"]


def read(kind: str, body: str) -> tuple[Article, ...]:
    """Return the articles of a letter with this body."""
    head = f"Subject: Il foglio\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\n\n"
    return parse("mail", (head + body).encode(), "x")


def test_sections_over_headings_part_stories() -> None:
    """Headings that each stand under the name of a section begin a story."""
    cells = [("CRONACA", TITLES[0]), ("MONTAGNA", TITLES[1]), ("SPORT", "Perde anche la Locrese")]
    body = "".join(f"<div>{section}</div><h2>{title}</h2><p>{STORY}</p>" for section, title in cells)
    assert [article.headline for article in read("html", body)] == [title for _, title in cells]


def test_who_wrote_parts_stories() -> None:
    """Lines that each stand over who wrote begin a story, though none is a heading."""
    body = "".join(f"<div>{title}</div><div>di Ada Neri</div><p>{STORY}</p>" for title in TITLES)
    found = read("html", f"<div>IL FOGLIO</div>{body}")
    assert [(article.headline, article.byline) for article in found] == [(title, "di Ada Neri") for title in TITLES]


def test_headings_of_one_story_part_nothing() -> None:
    """A title and subheads of one level are one story where nothing else shows several."""
    body = "".join(f"<h2>{title}</h2><p>{STORY}</p>" for title in TITLES)
    assert len(read("html", body)) == 1


def test_counted_stories_are_told_without_their_numbers() -> None:
    """Of a plain digest the masthead and the index are no stories, and the numbers of the others no titles."""
    stories = "".join(f"-----\n\n{n}. {title.upper()}\n\n{STORY}\n\n" for n, title in enumerate(TITLES, 1))
    found = read("plain", f"IL FOGLIO\n\n-----\n\nIN QUESTO NUMERO\n\n1) Il santo\n2) Il pastore\n\n{stories}")
    assert [article.headline for article in found] == [title.upper() for title in TITLES]


def test_a_lists_digest_is_its_messages() -> None:
    """Each message of a digest stands under its subject, and nothing of its header is said."""
    header = "Message: {}\nDate: Sat, 15 Nov 2025 18:31:07 +0100\nFrom: Ada <a@b.example>\nSubject: {}\n\n"
    body = "".join(f"-----\n\n{header.format(n, title)}{STORY}\n\n" for n, title in enumerate(TITLES, 1))
    found = read("plain", body)
    assert [article.headline for article in found] == TITLES
    assert ("From: Ada <a@b.example>", "a letter's form") in {(one.text, one.reason) for one in found[0].dropped}


def test_a_title_may_stand_between_rules() -> None:
    """A bare line alone between two rules is the title of what stands below the second."""
    body = "".join(f"-----\n{title}\n-----\n\n{STORY}\n\n" for title in TITLES)
    assert [article.headline for article in read("plain", f"IL FOGLIO\nAnno I\n\n{body}")] == TITLES


def test_cells_with_a_large_line_are_stories() -> None:
    """Where each cell opens with a line set large over its text, each is a story, though nothing is a heading."""
    cell = '<td><div style="font-size:24px">{}</div><p style="font-size:14px">{}</p></td>'
    body = "".join(f"<tr>{cell.format(title, STORY)}</tr>" for title in TITLES * 2)
    assert [article.headline for article in read("html", f"<table>{body}</table>")] == TITLES * 2


def test_a_masthead_begins_no_story() -> None:
    """A heading with nothing told under it, over the letter or below its stories, is none of their titles."""
    body = "".join(f"<p>CRONACA</p><h2><a href='x'>{title}</a></h2><p>{STORY}</p>" for title in TITLES * 2)
    found = read("html", f"<h1>Stasera in valle</h1><p>Martedì 3 marzo</p>{body}<h1>I più letti di oggi</h1>")
    assert [article.headline for article in found] == TITLES * 2


def test_what_is_said_to_the_desk_is_not_read() -> None:
    """What a collaborator says to the desk, above the title and below the text, is told and not said."""
    note, last = "eccoti il pezzo, sono 40 righe, il titolo è provvisorio.", "Se devi tagliare, mi trovi al cellulare."
    lines = [
        "Ciao Rita,",
        note,
        f"<b>{TITLES[0]} dopo ventidue anni</b>",
        "di Ada Neri",
        STORY,
        STORY[::1],
        last,
        "Ada",
    ]
    (article,) = read("html", "".join(f"<div>{line}</div>" for line in lines))
    spoken = [block.text for section in article.sections for block in section.blocks]
    assert (article.headline, article.byline, spoken) == (f"{TITLES[0]} dopo ventidue anni", "di Ada Neri", [STORY] * 2)
    assert {note, last} <= {piece.text for piece in article.dropped}


def test_a_line_in_stars_is_a_heading() -> None:
    """What a mail program writes between stars for bold is a title or a heading, over one line or two."""
    body = f"*{TITLES[0]}\ndopo ventidue anni*\n\n{STORY}\n\n*Il pastore*\n{STORY}\n"
    (article,) = read("plain", body)
    assert article.headline == f"{TITLES[0]} dopo ventidue anni"
    assert [section.heading for section in article.sections] == [None, "Il pastore"]
