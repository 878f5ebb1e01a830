"""Which types of fields can take what from which: the conversions a mapping knows."""

from typing import NamedTuple

COPY, TEXT, CODE, NUMBER, DATE, EMAIL, TAGS = (
    *("copy", "text", "code", "number", "date", "email", "tags"),
)
TEXTS = ("char", "text", "html")
NUMBERS = ("integer", "float", "monetary")
DATES = ("date", "datetime")
LINKS = ("many2one", "many2many")
LIST = "tags"  # of a property: texts to choose from
TYPES = (*TEXTS, *NUMBERS, *DATES, *LINKS, LIST, "boolean", "selection")


class FieldType(NamedTuple):
    """What has to fit between two fields: the type, the model of linked records and
    whether these have a code, and the options of a selection."""

    type: str
    comodel: str | None = None
    options: frozenset[str] | None = None
    has_code: bool = False


def get_conversions(source: FieldType, target: FieldType) -> list[str]:
    """Return by which conversions a field can take the values of another one, the most
    natural one first; none if it can't.

    * `copy`: the value as it is, of a field of the same type; of the same records or
      options, where it links or selects;
    * `text`: what people read, into a text;
    * `code`: what programs read, of a linked record or a selection (`DE` for Germany);
    * `number` and `date`: with or without decimals, with or without a time;
    * `email`: the bare address;
    * `tags`: tags of leads as tags of contacts of the same names.
    """
    found = []
    if _is_alike(source, target):
        found.append(COPY)
    if source.type in NUMBERS and target.type in NUMBERS and not found:
        found.append(NUMBER)
    if source.type in DATES and target.type in DATES and not found:
        found.append(DATE)
    if (source.comodel, target.comodel) == ("crm.tag", "res.partner.category") and (
        source.type == target.type == "many2many"
    ):
        found.append(TAGS)
    if target.type in TEXTS and source.type != target.type and source.type in TYPES:
        found.append(TEXT)
    if (source.type, target.type) == ("char", "char"):
        found.append(EMAIL)
    if (source.type, target.type) == ("selection", "char") or (
        source.has_code
        and source.type == "many2one"
        and target.type in ("char", "selection")
    ):
        found.append(CODE)
    return found


def _is_alike(source: FieldType, target: FieldType) -> bool:
    if source.type != target.type or source.type not in TYPES:
        return False
    if source.type in LINKS:
        return source.comodel == target.comodel
    if source.type in ("selection", LIST):
        return (source.options or frozenset()) <= (target.options or frozenset())
    return True
