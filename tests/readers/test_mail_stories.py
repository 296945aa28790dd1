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
