"""Tell how a file is written and where its rows of leads are. Pure Python.

* **Encoding**: what the mark at the start says; UTF-8 where every byte fits; else that
  of the Western code pages whose letters are the likeliest, unless the bytes are
  plainly of another script.
* **Separator**: the sign that cuts most rows into the same number of cells.
* **Titles**: the first of the rows at the top that has the most titles that are known;
  where none is, the first row that is about as wide as the table.
* **Totals and remarks** at the end: a row whose first cell says "Total" and whose
  others are numbers, and what reports write under themselves.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

import chardet

from . import column_title, title_vocabulary

TOP = 20  # rows that may stand above the titles
BOTTOM = 15  # rows that may stand below the leads
SEPARATORS = (",", ";", "\t", "|")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("windows-1252", "mac_roman", "cp850", "windows-1250")
_LIKELY = frozenset("äöüÄÖÜßéèêëàâçñóíáúôîïœæøåÉÈÀÇÑÓÍÁÚØÅ€’‘“”„–…°´")
_POLISH = frozenset("ąęłńśźżĄĘŁŃŚŹŻčřšžěůťďňőűŐŰ")
_TOTALS = frozenset(
    "total totals grandtotal subtotal sum count summe gesamt gesamtsumme insgesamt"
    " zwischensumme anzahl totalgeneral totalgénéral soustotal somme suma totale"
    " totalegenerale subtotale somma totaal eindtotaal subtotaal som totalrows".split()
)
_REMARK = re.compile(
    r"(?:copyright|©|confidential information|generated (?:by|on)|exported (?:by|on)"
    r"|as of \d|source:|quelle:|stand:|stand vom|erstellt (?:am|von)|page \d|seite \d"
    r"|filtered by|report (?:date|filters?)|salesforce\.com|vertraulich|fuente:"
    r"|généré|fonte:|bron:|\d+ (?:records?|rows?|leads?|datensätze|zeilen)\b)"
    r"|.*all rights reserved",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[^\w]*\d[\d.,' ]*\W*(?:[A-Z]{3})?")


def guess_encoding(data: bytes) -> str:
    """Return the encoding of a text file."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:2000]
    if start and start.count(0) > len(start) // 4:
        return "utf-16-be" if start[0] == 0 else "utf-16-le"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess_code_page(data)
    return "utf-8"


def _guess_code_page(data: bytes) -> str:
    lines = [line for line in data.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:100_000]
    guess = chardet.detect(sample)
    encoding = (guess["encoding"] or "").lower()
    is_western = encoding.startswith(
        ("iso-8859-1", "windows-125", "mac", "ascii", "utf")
    )
    if encoding and (guess["confidence"] or 0) > 0.9 and not is_western:
        return encoding
    if encoding == "windows-1251" and (guess["confidence"] or 0) > 0.8:
        return encoding

    def likelihood(name: str) -> float:
        text = sample.decode(name, errors="replace")
        foreign = [char for char in text if not char.isascii()]
        likely = sum(char in _LIKELY or 0.6 * (char in _POLISH) for char in foreign)
        return likely / max(len(foreign), 1)

    return max(_WESTERN, key=likelihood)


def guess_separator(text: str, quote: str = '"') -> str:
    """Return the sign that stands between the cells of a text file."""
    first, __, __ = text.partition("\n")
    if match := re.fullmatch(r"sep=(.)\s*", first.strip('"\ufeff')):
        return match[1]
    sample = text[:200_000]

    def fitness(separator: str) -> tuple[float, int]:
        try:
            rows = list(
                csv.reader(io.StringIO(sample), delimiter=separator, quotechar=quote)
            )
        except csv.Error:
            return 0, 0
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
        if not widths:
            return 0, 0
        width, count = max(
            widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0])
        )
        return (count / widths.total() if width > 1 else 0), width

    return max(SEPARATORS, key=fitness)


def find_titles(rows: Sequence[Sequence[object]]) -> int:
    """Return the index of the row of titles.

    :param rows: as read, without empty rows
    """
    top = rows[:TOP]
    if not top:
        return 0
    known = [_count_titles(row) for row in top]
    filled = [sum(1 for cell in row if str(cell or "").strip()) for row in top]
    best = max(known)
    first = known.index(best)
    if best >= 2 and best > 2 * known[0]:
        return first
    if known[0] or filled[0] > 2:
        return 0
    wide = max(filled)
    if wide < 3:
        return 0
    return next(index for index, count in enumerate(filled) if count >= 0.6 * wide)


def _count_titles(row: Sequence[object]) -> int:
    return sum(
        1
        for cell in row
        if isinstance(cell, str) and len(cell) < 80 and column_title.get_meanings(cell)
    )


def count_rows_below(rows: Sequence[Sequence[object]]) -> int:
    """Return how many rows at the end of a file are totals and remarks.

    :param rows: as read, without empty rows and without what is above the titles
    """
    count = 0
    width = max((len(row) for row in rows), default=0)
    for row in reversed(rows[1:][-BOTTOM:]):
        cells = [str(cell).strip() for cell in row if str(cell or "").strip()]
        if not cells or not _is_below(cells, width):
            break
        count += 1
    return count


def _is_below(cells: list[str], width: int) -> bool:
    first, *others = cells
    word = title_vocabulary.fold(re.sub(r"[\d.,:()]+", " ", first))
    if word in _TOTALS and (others or not word.isdigit()):
        return all(_NUMBER.fullmatch(cell) for cell in others)
    word, colon, __ = first.partition(":")
    if colon and title_vocabulary.fold(word) in _TOTALS:  # "Summe: 3 Firmen"
        return all(_NUMBER.fullmatch(cell) for cell in others)
    return width > 2 and len(cells) <= 2 and bool(_REMARK.match(first))
