"""What titles mean that are taken apart, by the vocabulary. Pure Python."""

from collections.abc import Sequence

from . import title_parts
from .title_vocabulary import (
    JOINED,
    Meaning,
    fold,
    get_bag,
    get_orders,
    get_vocabulary,
)
from .title_words import (
    ALONE,
    COLLEAGUES,
    COUNTED,
    NAMES,
    OTHERS_OF,
    QUALIFIED,
    QUALIFIERS,
    RESPONSIBLE,
    SAME,
)


def get_qualified(
    words: Sequence[str], fields: frozenset[str] = QUALIFIED, choice: str = ""
) -> tuple[Meaning, ...]:
    """Return what the words that are left of a title mean, of some fields only."""
    if len(words) == 1 and words[0] in ALONE:
        return ()
    return tuple(
        meaning._replace(is_exact=False, choice=choice or meaning.choice)
        for meaning in get_vocabulary().get(fold("".join(words)), ())
        if meaning.field in fields
    )


def get_of_part(title: str) -> tuple[Meaning, ...]:
    """Return what `"Name (First)"` means, and `"Phone (mobile)"`: what stands behind is
    a part of it, or a kind."""
    halves = title_parts.split_part(title)
    if not halves:
        return ()
    wholes = {meaning.field for meaning in get_vocabulary().get(fold(halves.whole), ())}
    if halves.is_enumerated and "street" not in wholes:
        return ()
    fields = wholes.union(*(title_parts.PARTS.get(field, ()) for field in wholes))
    return tuple(
        meaning
        for meaning in get_vocabulary().get(fold(halves.part), ())
        if meaning.field in fields
        and (meaning.choice != JOINED or meaning.field == "contact_first_name")
    )


def get_part_of_name(title: str) -> tuple[Meaning, ...]:
    """Return what `"Nom (Prénom)"` means, which `"Nom, prénom"` does not."""
    halves = title_parts.split_part(title) if title.rstrip().endswith(")") else None
    if halves and halves.whole.casefold() in NAMES:
        return get_of_part(title)
    return ()


def get_in_another_order(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Comercial responsable"` means: what the same words do in another
    order, with or without what stands between them."""
    return get_orders().get(get_bag(words), ())


def get_of_compound(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Autotelefon"` means: what the end of the word does."""
    if len(words) != 1:
        return ()
    end, is_other = title_parts.split_compound(words[0])
    return get_qualified([end], COUNTED | OTHERS_OF, "2" if is_other else "")


def get_same(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Tel. móvil"` means: what each of its words does, the weakest."""
    found = [get_qualified([word], SAME) for word in words]
    if len(found) < 2 or not all(found):
        return ()
    fields = {meaning.field for one in found for meaning in one}
    if fields == {"phone", "company_phone"}:  # "Téléphone standard"
        return (Meaning("company_phone", "1"),)
    if len(fields) > 1:
        return ()
    return (max((one[0] for one in found), key=lambda meaning: meaning.rank),)


def get_pair(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Ejecutivo asignado"` means, whose words are both of an owner, and
    `"NPA / Localité"`, a postal code and a town."""
    vocabulary = get_vocabulary()
    telling = get_bag(words) - (QUALIFIERS - COLLEAGUES)
    if (
        RESPONSIBLE & telling
        and COLLEAGUES & telling
        and telling <= RESPONSIBLE | COLLEAGUES
    ):
        return (Meaning("user_id", "1", is_exact=False),)
    found = [
        {meaning.field for meaning in vocabulary.get(fold(word), ())}
        for word in get_bag(words)
    ]
    if len(found) != 2:
        return ()
    if all("user_id" in fields for fields in found) or (
        {"user_id"} in found and not NAMES.isdisjoint(words)
    ):
        return (Meaning("user_id", "1", is_exact=False),)
    if {"zip"} in found and any("city" in fields for fields in found):
        return (Meaning("city", "1", is_exact=False),)
    return ()
