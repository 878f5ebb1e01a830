"""Fold e-mail addresses that lead to one mailbox. Pure Python.

SPECIFICATION

What follows a plus in the local part is the reader's own: `jane+news@x.com` is the
mailbox of `jane@x.com`. Gmail leaves out the dots of the local part, and has a second
name. Nothing else is folded: elsewhere, dots may tell two people apart.

`MAILBOX` does the same in the database, of the normalized address that leads have.
"""

GMAIL = ("gmail.com", "googlemail.com")
# Letter by letter the expression of an index
_LOCAL = (
    "COALESCE(NULLIF(split_part(split_part(email_normalized, '@', 1), '+', 1), ''),"
    " split_part(email_normalized, '@', 1))"
)
MAILBOX = (
    "CASE WHEN split_part(email_normalized, '@', 2) IN ('gmail.com', 'googlemail.com')"
    f" THEN replace({_LOCAL}, '.', '') || '@gmail.com'"
    f" ELSE {_LOCAL} || '@' || split_part(email_normalized, '@', 2) END"
)
# Mailboxes that several people of a company read
SHARED = frozenset(
    "info mail email office contact kontakt contacto contatto sales vertrieb ventas"
    " ventes vente hello hallo hola bonjour admin administration support service"
    " team post sekretariat secretary secretariat reception empfang einkauf purchasing"
    " procurement compras achats buchhaltung accounting billing marketing hr jobs"
    " presse press webmaster noreply no-reply anfrage enquiries enquiry inquiry".split()
)


def fold(address: str) -> str:
    """Return what all spellings of a normalized address have in common."""
    if not address:
        return ""
    local, host = (*address.split("@"), "")[:2]
    local = local.partition("+")[0] or local
    if host in GMAIL:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{host}"


def is_shared(mailbox: str) -> bool:
    """Tell whether several people may read a mailbox."""
    return mailbox.partition("@")[0] in SHARED
