"""Fixed values of a mapping, read by the type of their field."""

import math
import re

from odoo import fields
from odoo.tools import plaintext2html

WORDS_FOR_YES = ("yes", "true", "1", "x")
# Who types three decimals may mean thousands.
TWO_READINGS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


class ConstantError(Exception):
    """A text is no value of a field; `reason` says what to write, to the user."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def parse_constant(env, field, text):
    """Return the value of a field that a text means, as `write` takes it; of fields
    that link many records, a list of their ids.

    :raise ConstantError: it means none
    """
    text = (text or "").strip()
    if not text:
        raise ConstantError(env._("write a value."))
    match field.type:
        case "char" | "text":
            return text
        case "html":
            return str(plaintext2html(text))
        case "integer" | "float" | "monetary":
            return _parse_number(env, field, text)
        case "date" | "datetime":
            return _parse_day(env, field, text)
        case "boolean":
            if text.casefold() not in (*WORDS_FOR_YES, env._("Yes").casefold()):
                raise ConstantError(env._("write “yes”."))
            return True
        case "selection":
            return _parse_option(env, field, text)
        case "many2one":
            return _find_record(env, field, text).id
    return _find_records(env, field, text).ids


def _parse_number(env, field, text):
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    whole = field.type == "integer"
    if TWO_READINGS.fullmatch(text):
        if not whole:
            raise ConstantError(
                env._(
                    "write %(large)s or %(small)s, whichever you mean.",
                    large=text.replace(".", ""),
                    small=f"{text}0",
                )
            )
        number = math.nan
    if not math.isfinite(number) or (whole and number % 1) or abs(number) >= 2**31:
        example = "1234" if whole else "1234.5"
        raise ConstantError(env._("write a number such as %s.", example))
    return int(number) if whole else number


def _parse_day(env, field, text):
    convert = (
        fields.Date.to_date if field.type == "date" else fields.Datetime.to_datetime
    )
    try:
        return convert(text)
    except ValueError:
        raise ConstantError(env._("write a day such as 2030-12-31.")) from None


def _parse_option(env, field, text):
    options = field._description_selection(env)
    for key, label in options:
        if text in (key, label):
            return key
    labels = ", ".join(label for _key, label in options[:20])
    raise ConstantError(env._("write one of these options: %s.", labels))


def _find_records(env, field, text):
    """Return the records of the names in a text, which may be one with a comma."""
    try:
        return _find_record(env, field, text)
    except ConstantError:
        names = [name.strip() for name in text.split(";" if ";" in text else ",")]
        if len(names) == 1:
            raise
    return env[field.comodel_name].union(
        *(_find_record(env, field, name) for name in names if name)
    )


def _find_record(env, field, name):
    model = env[field.comodel_name]
    found = model.name_search(name, operator="=", limit=2)
    if len(found) == 1:
        return model.browse(found[0][0])
    if found:
        raise ConstantError(env._("several records are called “%s”.", name))
    raise ConstantError(
        env._("no record is called “%s”. Write its name as it is shown.", name)
    )
