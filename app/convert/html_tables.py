"""Tables that Markdown can hold: one header row, one line a cell, no cells over several rows or columns."""

from bs4 import BeautifulSoup, Tag

MAX_SPAN = 20
MAX_COLUMNS = 40


def repair_tables(soup: BeautifulSoup) -> None:
    """Open tables that are only a layout, and straighten the others."""
    for table in soup.find_all("table"):
        rows = _rows_of(table)
        if table.find("table") or all(len(_cells_of(row)) <= 1 for row in rows):
            _open_layout(table)
        else:
            _straighten(soup, table, rows)


def _rows_of(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells_of(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _open_layout(table: Tag) -> None:
    """Turn the cells of a table into paragraphs."""
    for part in table.find_all(["tr", "tbody", "thead", "tfoot", "td", "th", "caption", "col", "colgroup"]):
        if part.find_parent("table") is table:
            part.name = "div"
    table.name = "div"


def _straighten(soup: BeautifulSoup, table: Tag, rows: list[Tag]) -> None:
    caption = table.find("caption")
    if caption is not None:
        caption.name = "p"
        table.insert_before(caption.extract())
    _fill_spans(soup, rows)
    plain = soup.new_tag("table")
    for row in rows:
        if row.get_text(strip=True) or row.find("img"):
            plain.append(row.extract())
    for i, row in enumerate(plain.find_all("tr")):
        for cell in _cells_of(row):
            cell.name = "td" if i else "th"
            put_on_one_line(cell)
    table.replace_with(plain)


def _fill_spans(soup: BeautifulSoup, rows: list[Tag]) -> None:
    """Put empty cells where others reach over them."""
    reaching: dict[int, int] = {}  # column → rows below that a cell above covers
    for row in rows:
        column = 0
        for cell in _cells_of(row):
            while reaching.get(column):
                reaching[column] -= 1
                cell.insert_before(soup.new_tag("td"))
                column += 1
            below = _span(cell, "rowspan") - 1
            for i in range(_span(cell, "colspan")):
                if i and column < MAX_COLUMNS:
                    cell.insert_after(soup.new_tag("td"))
                reaching[column] = below
                column += 1


def _span(cell: Tag, name: str) -> int:
    value = str(cell.attrs.pop(name, "1"))
    return min(int(value), MAX_SPAN) if value.isascii() and value.isdigit() and value != "0" else 1


def put_on_one_line(cell: Tag) -> None:
    """Leave no blocks and breaks in a cell, or in what else must be one line."""
    for tag in cell.find_all("br"):
        tag.replace_with(" ")
    for item in cell.find_all("li"):
        item.insert_after("; ") if item.find_next_sibling("li") else None
    for tag in cell.find_all(["p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"]):
        tag.insert_before(" ")
        tag.unwrap()
