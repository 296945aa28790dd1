"""Tables that hold data, a line for each row; tables that lay out a page are none."""

from __future__ import annotations

from audio.readers.html.tree import Element, text_of

# One row is no table of data: a page was laid out with it.
_DATA_ROWS = 2
# A cell as long as this is no datum: the table lays out a page.
_CELL = 150


def data_rows(table: Element) -> list[str]:
    """Return the rows of a table that holds data, each a line; none where the table lays out a page."""
    cells = list(table.iter("td", "th"))
    if not cells or len(list(table.iter("tr"))) < _DATA_ROWS or table.find(".//table") is not None:
        return []
    if any(len(text_of(cell)) > _CELL or cell.find(".//p/following-sibling::p") is not None for cell in cells):
        return []
    rows = [[text for cell in row.iter("td", "th") if (text := text_of(cell))] for row in table.iter("tr")]
    return [", ".join(row) for row in rows if row]
