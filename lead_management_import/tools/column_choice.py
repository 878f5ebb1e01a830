"""Choose for the columns of a file together what each of them stands for.

What a title means by itself says `column_title`. A title that names several fields
means the one of the language that most titles of the file are in, and none that its
cells can't be (`column_kind`). Some titles mean what the others of the file leave for
them (`"Nom"` beside `"Prénom"`): see `_choose_by_neighbours`.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from .column_title import AMOUNTS, get_meanings
from .title_owner import get_word_of_person
from .title_vocabulary import JOINED, Meaning, fold
from .title_words import IGNORE, NOTE


def choose(
    titles: Sequence[str],
    own: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    kinds: Sequence[str] = (),
) -> list[Meaning | None]:
    """Tell what the columns of a file stand for.

    :param own: fields that a company has made for itself, by the folded form of their
        labels; these go first
    :param labels: all other fields by the folded form of their labels; these go before
        what is a makeshift, and before the notes
    :param kinds: what the cells of each column are, as `column_kind` says; a meaning
        that can't hold them is none
    :return: for each column its meaning, None when nothing is known of it
    """
    own, labels = own or {}, labels or {}
    kinds = kinds or [""] * len(titles)
    all_meanings = [
        [
            meaning
            for meaning in get_meanings(title)
            if meaning.choice == JOINED or _may_hold(meaning.field, kind)
        ]
        for title, kind in zip(titles, kinds, strict=True)
    ]
    votes = Counter(
        language
        for meanings in all_meanings
        for language in {meaning.language for meaning in meanings}
    )
    chosen: list[Meaning | None] = []
    for title, kind, meanings in zip(titles, kinds, all_meanings, strict=True):
        key = fold(title)
        best = max(meanings, key=lambda meaning: votes[meaning.language], default=None)
        if ((field := own.get(key)) and _may_hold(field, kind)) or (
            (not best or best.rank or best.field in (NOTE, IGNORE))
            and (field := labels.get(key))
            and _may_hold(field, kind)
        ):
            best = Meaning(field, "1")
        if not best and title.rstrip(" _").endswith("?") and kind not in _TELLING:
            best = Meaning(NOTE, "1")  # a question that a form has asked
        chosen.append(best)
    _choose_what_is_left(chosen, all_meanings)
    _choose_by_neighbours(titles, chosen, kinds)
    return chosen


def _choose_what_is_left(
    chosen: list[Meaning | None], all_meanings: Sequence[Sequence[Meaning]]
) -> None:
    """Let a title that may mean two fields mean the one that no other column is
    for: `"Estado"` is the status beside a `"Provincia"`."""
    for position, meanings in enumerate(all_meanings):
        now = chosen[position]
        if now and any(
            other and other.field == now.field and other.choice == "1"
            for place, other in enumerate(chosen)
            if place != position
        ):
            chosen[position] = next(
                (
                    meaning
                    for meaning in meanings
                    if meaning.field != now.field and meaning.language == now.language
                ),
                now,
            )


# ------------------------------------------------------------
# WHAT THE CELLS SAY
# ------------------------------------------------------------

_NAMES = {"name", "contact_name", "contact_first_name", "contact_last_name"}
_PLACES = {"street", "street2", "zip", "city", "state_id", "country_id"}
_CHOSEN = {"user_id", "team_id", "source_id", "medium_id", "campaign_id", "status_id"}
_CHOSEN |= {"rating_id", "industry_id", "lang_id"}
# Kinds of cells that tell the field by themselves.
_TELLING = frozenset(("email", "phone", "url", "country"))
# Kinds of cells that fields can't hold.
_IMPOSSIBLE: dict[str, frozenset[str]] = {
    field: frozenset(kinds.split())
    for fields, kinds in (
        ({"email_from"}, "phone url date number amount text salutation"),
        ({"phone", "company_phone", "fax"}, "email url date"),
        ({"website"}, "date number amount phone"),
        ({"social_url"}, "email date number amount phone"),
        (_NAMES, "date url phone salutation"),
        ({"name"}, "date url phone number amount"),
        ({"partner_name"}, "email date number phone salutation"),
        ({"function"}, "email url date number phone salutation"),
        (_PLACES, "email url date"),
        (_CHOSEN, "number amount date phone"),
        ({*AMOUNTS, "employee_count", "probability"}, "email url text"),
        (
            {"date_deadline", "quote_deadline", "bant_timing_date"},
            "email url phone text",
        ),
    )
    for field in fields
}


def _may_hold(field: str, kind: str) -> bool:
    return kind not in _IMPOSSIBLE.get(field, ())


# ------------------------------------------------------------
# WHAT THE OTHER COLUMNS SAY
# ------------------------------------------------------------

_FULL_NAMES = frozenset(("name", "nom", "naam", "nombre", "nome"))
# In these languages the bare word for a name is the last name beside a first name, …
_LAST_NAMES = frozenset(("name", "nom", "naam"))
# … and in these the first name beside a last name.
_FIRST_NAMES = frozenset(("nombre", "nome"))
_TITLES = frozenset(("title", "titel", "titre", "título", "titolo"))
_MAKESHIFT_JOBS = frozenset(("role", "subrole", "jobfunction", "occupation"))
_HOUSE_NUMBERS = frozenset("nr no n number nummer numéro número numero num".split())
_OF_COMPANIES = {"employee_count", "annual_revenue", "industry_id"}


def _set_makeshift_jobs(titles: Sequence[str], chosen: list[Meaning | None]) -> bool:
    """Let what somebody does be a note where the others of the file leave the job's
    title to a bare `"Title"`: `"Job Function"`; return whether there is such a column,
    and no better one."""
    jobs = [
        position
        for position, meaning in enumerate(chosen)
        if meaning and meaning.field == "function" and fold(titles[position]) != "title"
    ]
    if not jobs or not all(fold(titles[job]) in _MAKESHIFT_JOBS for job in jobs):
        return False
    for job in jobs:
        chosen[job] = Meaning(NOTE, "1")
    return True


def _choose_by_neighbours(
    titles: Sequence[str], chosen: list[Meaning | None], kinds: Sequence[str]
) -> None:
    """Choose for titles that mean different things in different files.

    * `"Name"`: the last name beside a first name, the first beside a last name; of a
      list that has no companies but says how large they are, or names the person
      elsewhere, the company; else the person.
    * `"Title"`: a form of address where the cells say so or the job has a column of its
      own; the lead's title where deals are listed instead of people; else the job.
    * `"Nr."` behind a street: the number of the house.
    * `"Nom du contact"`: the last name beside a first name, and `"Nome referente"` the
      first one beside a last name.
    """

    def taken(but: Collection[int] = ()) -> set[str]:
        return {
            meaning.field
            for position, meaning in enumerate(chosen)
            if meaning and position not in but and meaning.choice != JOINED
        }

    for position, title in enumerate(titles):
        word = title.strip().casefold()
        halves = {half.strip() for half in word.split("/")}
        if len(halves) > 1 and halves <= _LAST_NAMES:  # "Name / Nom"
            word = min(halves)
        if word in _TITLES:
            others = taken([position])
            # Rows called by a bare "Name" are people.
            names_people = "contact_first_name" in others or any(
                other.strip().casefold() in _FULL_NAMES for other in titles
            )
            is_salutation = kinds[position] == "salutation"
            if (
                not is_salutation
                and names_people
                and word == "title"
                and (_set_makeshift_jobs(titles, chosen))
            ):
                chosen[position] = Meaning("function", "1")
            elif is_salutation or ("function" in others and names_people):
                chosen[position] = Meaning(NOTE, "1")
            elif (
                "name" not in others
                and not names_people
                and (others & {"function", "expected_revenue"})
            ):
                chosen[position] = Meaning("name", "1")
        elif fold(title) in _HOUSE_NUMBERS and position:
            before = chosen[position - 1]
            if before and before.field == "street":
                chosen[position] = Meaning("street", JOINED)
        elif name := get_word_of_person(title):
            others = taken([position])
            first, last = ("contact_first_name", "contact_last_name")
            if name in _LAST_NAMES and first in others and last not in others:
                chosen[position] = Meaning(last, "1")
            elif name in _FIRST_NAMES and last in others and first not in others:
                chosen[position] = Meaning(first, "1")
        elif word in _FULL_NAMES and chosen[position]:
            others = taken([position])
            if word in _LAST_NAMES and "contact_first_name" in others:
                if "contact_last_name" not in others:
                    chosen[position] = Meaning("contact_last_name", "1")
            elif "contact_last_name" in others:
                if "contact_first_name" not in others:
                    chosen[position] = Meaning("contact_first_name", "1")
            elif "partner_name" not in others and (
                others & {"contact_name", "contact_last_name"}
                or (others & _OF_COMPANIES and not others & {"function"})
            ):
                chosen[position] = Meaning("partner_name", "1")
