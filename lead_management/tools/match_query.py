"""What is looked up in the database to find a lead's account. Pure Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise, product
from typing import Any

from . import account_key as keys
from . import name_initials, name_similarity, web_domain
from .abbreviations import is_short, written_out
from .company_words import (
    BANK_WORDS,
    COMPOUND_ENDS,
    TELLING,
    split_compounds,
    weight,
)
from .european_words import translations
from .given_names import GIVEN_NAMES
from .legal_forms import BEHIND
from .other_names import other_keys
from .romanized import OTHER_SCRIPT, is_available, similar_sounds, sounds
from .typing_mistake import doublings, misspellings

MAX_TELLING_WORDS = 4
MAX_MISSPELT_WORDS = 2
MAX_TRANSLATED = 40  # names in other languages that are looked up
MIN_COMPACT_PREFIX = 6  # letters; shorter beginnings are of too many names
MIN_SOUND_PREFIX = 3  # consonants
MIN_ONLY_WORD = 4  # letters
MIN_VAT = 5


@dataclass(frozen=True)
class MatchQuery:
    """What is known of a lead's company, in the forms in which accounts are indexed.

    `phone` is in the international format and `email` normalized, as they are stored.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    vat: str = ""
    country_id: int | None = None
    country_code: str = ""
    web_domains: list[str] = field(init=False, compare=False)
    email_domain: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        found = web_domain.domains(self.website)
        object.__setattr__(self, "web_domains", found)
        object.__setattr__(self, "email_domain", web_domain.domain(self.email))

    @cached_property
    def key(self) -> str:
        return keys.company_key(self.name)

    @cached_property
    def other_keys(self) -> tuple[str, ...]:
        """Return what else the name may be read as."""
        return other_keys(self.name) if self.key else ()

    def get_known(self) -> dict[str, Any]:
        """Return what a new account of the company is known by: the columns by which it
        is compared, and the addresses and numbers that it or its contacts have."""
        return {
            "name": self.name,
            "account_key": self.key,
            "account_domain": next(iter(self.web_domains), ""),
            "email_domains": frozenset({self.email_domain} - {""}),
            "phones": frozenset({self.phone} - {""}),
            "vat": self.vat,
            "country_id": self.country_id,
        }

    @cached_property
    def evidence(self) -> frozenset[str]:
        """Return what two have in common of whom one is as good as sure the other's
        account: names, domains, numbers."""
        found = {*self.equal_keys, *self.equal_compacts, *self.vats, *self.domain_names}
        found.update(self.web_domains, {self.email_domain, self.phone})
        return frozenset(found - {""})

    def compare(
        self,
        key: str,
        common: frozenset[str] = frozenset(),
        is_alike_enough: bool = True,
    ) -> name_similarity.Likeness:
        """Tell how likely an account is the company by its name.

        :param key: the account's
        :param common: words of the lead's name that many accounts have
        :param is_alike_enough: see `name_similarity.compare`
        """
        best = name_similarity.compare(
            self.key, key, common, self.is_registered, is_alike_enough
        )
        for other in self.other_keys if is_alike_enough else ():
            score = name_similarity.compare(other, key, common).score
            score = min(score, name_similarity.UNSURE)
            if score > best.score:
                best = name_similarity.Likeness(score, "alike")
        return best

    @cached_property
    def equal_keys(self) -> set[str]:
        """Return keys of which an account may have one as it is."""
        if not self.key:
            return set()
        words = self.key.split()
        return {
            self.key,
            keys.core(self.key),
            written_out(self.key),
            *self.other_keys,
            *self._get_translated_keys(words),
            *(" ".join(words[:count]) for count in range(2, len(words))),
            *self._get_bank_keys(split_compounds(words)),
            *([" ".join(words[1:])] if words[0] in GIVEN_NAMES else []),
        }

    def _get_translated_keys(self, words: list[str]) -> Iterator[str]:
        """Yield a name without telling words in other languages: nothing else of it is
        looked up. "Munich Re" is "munchener ruckversicherungs"."""
        if not self.telling_words:
            found = (" ".join(each) for each in product(*map(translations, words)))
            yield from islice(found, MAX_TRANSLATED)

    def _get_bank_keys(self, words: list[str]) -> Iterator[str]:
        """Yield what the company of a bank may be called that holds it."""
        for at, word in enumerate(words):
            if at and word in BANK_WORDS:
                for other in BANK_WORDS:
                    yield " ".join([*words[:at], other, *words[at + 1 :]])

    @cached_property
    def equal_compacts(self) -> set[str]:
        """Return keys without spaces of which an account may have one."""
        found = {keys.compact(self.key), keys.compact(keys.core(self.key))}
        found.update(map(keys.compact, self.other_keys))
        words = self.key.split()
        if len(words) == 1 and len(split_compounds(words)) > 1:
            name, _end = split_compounds(words)
            found.update(name + end for end in ("", *COMPOUND_ENDS))
        return found - {""}

    @cached_property
    def domain_names(self) -> set[str]:
        """Return what the lead's domains spell: perhaps the account's name."""
        found = {*self.web_domains, self.email_domain} - {""}
        return {name for name in map(web_domain.spelled, found) if len(name) > 2}

    @cached_property
    def key_prefixes(self) -> list[tuple[str, str]]:
        """Return from where to where keys go that begin with the lead's words."""
        if not self.key:
            return []
        found = {self.key, keys.core(self.key), written_out(self.key)}
        found.update(self.other_keys)
        found.update(self._get_translated_keys(self.key.split()))
        return [(f"{key} ", f"{key}!") for key in sorted(found)]

    @cached_property
    def compact_prefixes(self) -> list[tuple[str, str]]:
        """Return the same of keys without spaces, if it is long enough to tell."""
        text = keys.compact(self.key)
        return [(text, f"{text}\U0010ffff")] if len(text) >= MIN_COMPACT_PREFIX else []

    @cached_property
    def sounds(self) -> str:
        """Return texts one of which is how an account sounds in another script."""
        found = similar_sounds(self.key) if self.key and self._sound_kinds else ()
        return " ".join(
            kind + text for kind in self._sound_kinds for text in sorted(found)
        )

    @cached_property
    def sound_prefixes(self) -> list[tuple[str, str]]:
        """Return from where to where the sounds of longer names go."""
        text = "".join(sounds(self.key)) if self.key else ""
        if len(text) < MIN_SOUND_PREFIX:
            return []
        return [(kind + text, f"{kind}{text}\U0010ffff") for kind in self._sound_kinds]

    @property
    def _sound_kinds(self) -> tuple[str, ...]:
        if not is_available():
            return ()
        return (OTHER_SCRIPT,) if self.key.isascii() else ("", OTHER_SCRIPT)

    @cached_property
    def telling_words(self) -> list[str]:
        words = dict.fromkeys(" ".join([self.key, *self.other_keys]).split())
        telling = [word for word in words if weight(word) >= TELLING]
        return telling[:MAX_TELLING_WORDS]

    @cached_property
    def all_telling_words(self) -> str:
        """Return the words of the name itself that tell something, as one text."""
        words = dict.fromkeys(self.key.split())
        return " ".join(word for word in words if weight(word) >= TELLING)

    @property
    def is_told_by_words(self) -> bool:
        """Tell whether an account of the same company's name has all telling words, as
        they are: none is short for another one, or two written together."""
        words = self.all_telling_words.split()
        return (
            bool(words)
            and split_compounds(words) == words
            and not any(is_short(word) for word in words)
        )

    @cached_property
    def only_word(self) -> str:
        """Return the word of which the name consists, if the only account that has it
        is probably meant: "Maersk", "A.P. Møller - Mærsk"."""
        is_long = len(self.key) >= MIN_ONLY_WORD and self.key in self.telling_words
        is_name = is_long and self.key not in GIVEN_NAMES
        return self.key if is_name and not self.is_registered else ""

    @cached_property
    def word_pairs(self) -> list[str]:
        """Return pairs of words: for those of which each alone is in too many names."""
        words = self.telling_words
        return [" ".join(pair) for pair in pairwise(words)]

    @cached_property
    def misspelt_words(self) -> list[str]:
        """Return texts of words one of which may be what a word of the lead's means."""
        found = (
            misspellings(word) | doublings(word)
            for word in self.telling_words[:MAX_MISSPELT_WORDS]
        )
        return [" ".join(sorted(words)) for words in found if words]

    @cached_property
    def as_initials(self) -> str:
        return name_initials.whole(self.name, self.key)

    @cached_property
    def longer_initials(self) -> list[str]:
        return name_initials.longer(self.as_initials)

    @cached_property
    def initials_and_rest(self) -> str:
        return name_initials.with_rest(self.name, self.key)

    @cached_property
    def joined_initials(self) -> tuple[str, ...]:
        return name_initials.joined(self.name)

    @cached_property
    def form(self) -> str:
        """Return the legal form with which the name is written, folded."""
        form = keys.legal_form(self.name)
        return keys.fold(form) if form else ""

    @cached_property
    def is_registered(self) -> bool:
        """Tell whether the name is written with its legal form."""
        return any(word in BEHIND for word in self.form.split())

    @cached_property
    def own_initials(self) -> str:
        return name_initials.of_words(self.name, self.key)

    @cached_property
    def vats(self) -> set[str]:
        """Return the ways in which the tax ID may be stored."""
        number = normalize_vat(self.vat)
        if not number:
            return set()
        if number[:2].isalpha():
            return {number, number[2:]}
        return {number, self.country_code + number}


def normalize_vat(text: str | None) -> str:
    """Return a tax ID without signs; an empty string for what is none."""
    number = re.sub(r"[^A-Z0-9]", "", (text or "").upper())
    return number if len(number) >= MIN_VAT and re.search(r"\d{3}", number) else ""
