import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import account_key, romanized, web_domain

_logger = logging.getLogger(__name__)

FILL_BATCH_SIZE = 5_000
# What is indexed beyond columns; lookups have to say it letter by letter as here.
COMPACT = "replace(account_key, ' ', '')"
WORDS = "string_to_array(account_key, ' ')"
INITIALS = r"regexp_replace(account_key, '([^ ])[^ ]* ?', '\1', 'g')"
HAS_INITIALS = "account_key LIKE '% %'"  # names of two words or more
VAT = "regexp_replace(upper(vat), '[^A-Z0-9]', '', 'g')"
# Without the package that spells other scripts, keys lack how such names sound.
VERSION = account_key.VERSION * 10 + romanized.is_available()
PENDING = f"account_key_version IS DISTINCT FROM {VERSION}"
# None of them is of interest in a form, hence no prefetching.
KEY = {
    "compute": "_compute_account_key",
    "store": True,
    "precompute": True,
    "prefetch": False,
}


class ResPartner(models.Model):
    """The key of an account: by what it is found, stored and indexed.

    SPECIFICATION

    Accounts are commercial entities: companies, and people without one. They have a key
    (`tools/account_key.py`), how it sounds in other scripts (`tools/romanized.py`) and
    the domain of their web site. Every partner, contacts too, has the domain of its
    e-mail address if that is a company's. Compact keys, initials and tax IDs need no
    column: they are expressions of an index.

    Keys are computed when a partner is created or when its name, web site, e-mail
    address or place in a company changes. `account_key_version` says by which version
    of the rules: what has another one is *pending*. That is so for all partners of the
    database into which the addon is installed, and for all after an update that changes
    the rules or comes with or without the package that spells other scripts. Pending
    partners are filled by a scheduled action, batch by batch, each in a transaction of
    its own that locks its rows only and leaves out those that somebody else is writing.
    Partners that are still pending are found by tax ID, phone and e-mail address, and
    by name and domain as soon as they are filled.
    """

    _inherit = "res.partner"

    account_key = fields.Char(
        help="The name as accounts are matched by: without legal form, accents, signs",
        **KEY,
    )
    account_sound = fields.Char(
        help="How the name sounds, by which it is found in other scripts", **KEY
    )
    account_domain = fields.Char(
        "Web Domain", help="The company's domain, taken from the website", **KEY
    )
    account_email_domain = fields.Char(
        "Email Domain",
        help="The company's domain, taken from the email address; empty for free mail",
        **KEY,
    )
    account_key_version = fields.Integer(**KEY)

    # text_pattern_ops: for equality and for beginnings, whatever the collation
    _account_key_idx = models.Index(
        "(account_key text_pattern_ops) WHERE account_key IS NOT NULL"
    )
    _account_key_compact_idx = models.Index(
        f"({COMPACT} text_pattern_ops) WHERE account_key IS NOT NULL"
    )
    # fastupdate off: a lookup would go through all that is waiting to be indexed, up to
    # four megabytes, for each of the hundreds of words that it looks for.
    _account_key_words_idx = models.Index(
        f"USING gin ({WORDS}) WITH (fastupdate = off) WHERE account_key IS NOT NULL"
    )
    _account_sound_idx = models.Index(
        "(account_sound text_pattern_ops) WHERE account_sound IS NOT NULL"
    )
    _account_key_initials_idx = models.Index(f"({INITIALS}) WHERE {HAS_INITIALS}")
    _account_domain_idx = models.Index(
        "(account_domain) WHERE account_domain IS NOT NULL"
    )
    _account_email_domain_idx = models.Index(
        "(account_email_domain, commercial_partner_id)"
        " WHERE account_email_domain IS NOT NULL"
    )
    _account_key_pending_idx = models.Index(f"(id) WHERE {PENDING}")
    # Of native columns by which accounts are found. Native looks partners up by the
    # first one for every incoming message.
    _email_normalized_idx = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )
    _phone_sanitized_idx = models.Index(
        "(phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )
    _vat_letters_idx = models.Index(f"({VAT}) WHERE vat IS NOT NULL")

    @api.depends("name", "website", "email", "is_company", "parent_id")
    def _compute_account_key(self):
        for partner in self:
            is_account = partner.is_company or not partner.parent_id
            values = self._get_account_key_values(
                partner.name, partner.website, partner.email, is_account
            )
            for field_name, value in values.items():
                partner[field_name] = value

    def _get_account_key_values(self, name, website, email, is_account):
        """Return the values of the stored columns of a partner."""
        key = (is_account and account_key.company_key(name)) or ""
        return {
            "account_key": key or False,
            "account_sound": (key and romanized.sound(key)) or False,
            "account_domain": (is_account and web_domain.domain(website)) or False,
            "account_email_domain": web_domain.domain(email) or False,
            "account_key_version": VERSION,
        }

    # ------------------------------------------------------------
    # Filling
    # ------------------------------------------------------------

    def _cron_fill_account_keys(self):
        """Fill the keys of the pending partners, batch by batch."""
        commit_progress = self.env["ir.cron"]._commit_progress
        remaining = self._count_pending_account_keys()
        if not commit_progress(remaining=remaining):
            return
        done = last_id = 0
        while ids := self._fill_account_keys(FILL_BATCH_SIZE, after=last_id):
            last_id = ids[-1]
            done += len(ids)
            remaining = max(remaining - len(ids), 0)
            time_left = commit_progress(len(ids), remaining=remaining)
            _logger.info("Account keys: %s filled, %s to go", done, remaining)
            if not time_left:
                return
        if done:  # the database knows nothing of the columns yet
            self.env.cr.execute("ANALYZE res_partner")
        # What somebody else was writing has its key now, unless it was rolled back.
        commit_progress(remaining=self._count_pending_account_keys())

    def _fill_account_keys(self, limit, after=0):
        """Fill pending partners beyond the id `after`; return their ids, in order."""
        self.env.cr.execute(
            SQL(
                """
                SELECT id, name, website, email, is_company OR parent_id IS NULL
                  FROM res_partner
                 WHERE %(pending)s AND id > %(after)s
                 ORDER BY id
                 LIMIT %(limit)s
                   FOR NO KEY UPDATE SKIP LOCKED
                """,
                pending=SQL(PENDING),
                after=after,
                limit=limit,
            )
        )
        rows = [
            (row[0], *self._get_account_key_values(*row[1:]).values())
            for row in self.env.cr.fetchall()
        ]
        if not rows:
            return []
        ids, *columns = (list(column) for column in zip(*rows, strict=True))
        texts = [[value or None for value in column] for column in columns[:4]]
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner
                   SET account_key = filled.key,
                       account_sound = filled.sound,
                       account_domain = filled.domain,
                       account_email_domain = filled.email_domain,
                       account_key_version = %s
                  FROM unnest(%s::int[], %s::varchar[], %s::varchar[], %s::varchar[],
                              %s::varchar[])
                       AS filled (id, key, sound, domain, email_domain)
                 WHERE res_partner.id = filled.id
                """,
                VERSION,
                ids,
                *texts,
            )
        )
        names = self._get_account_key_values("", "", "", False)
        self.browse(ids).invalidate_recordset(names, flush=False)
        return ids

    def _count_pending_account_keys(self):
        """Return how many partners have no key by the present rules yet."""
        self.flush_model(["account_key_version"])
        query = SQL("SELECT COUNT(*) FROM res_partner WHERE %s", SQL(PENDING))
        [[count]] = self.env.execute_query(query)
        return count
