import itertools
import re

from odoo.tools import SQL

# Where a person finds again what somebody typed
SHELVES = (
    "crm_lead",
    "crm_lead_capture_submission",
    "crm_lead_queue_event",
    "ir_attachment",
    "mail_activity",
    "mail_message",
    "mail_tracking_value",
    "res_partner",
)
# What goes with a lead that is deleted
SHELVES_OF_LEAD = (
    "crm_lead shelf WHERE id = ANY(%s)",
    "crm_lead_queue_event shelf WHERE lead_id = ANY(%s)",
    "ir_attachment shelf WHERE res_model = 'crm.lead' AND res_id = ANY(%s)",
    "mail_activity shelf WHERE res_model = 'crm.lead' AND res_id = ANY(%s)",
    "mail_message shelf WHERE model = 'crm.lead' AND res_id = ANY(%s)",
    "mail_tracking_value shelf JOIN mail_message message"
    " ON message.id = shelf.mail_message_id"
    " WHERE message.model = 'crm.lead' AND message.res_id = ANY(%s)",
)
TYPED = re.compile("Q[a-j]{5}z")


class Texts:
    """The texts that people type in a life, each of its own, and where they are."""

    def __init__(self, env, last_ids):
        """
        :param dict last_ids: the last id of each shelf before the life
        """
        self.env = env
        self.last_ids = last_ids
        self.numbers = itertools.count(1)
        self.places = {}  # where each text was typed: (model, id, field)

    def new(self):
        """Return a text that nobody has typed yet."""
        letters = "abcdefghij"
        digits = f"{next(self.numbers):05}"
        return "Q" + "".join(letters[int(digit)] for digit in digits) + "z"

    def keep(self, record, values):
        """Remember what a person typed, and forget what that replaces."""
        replaced = {(record._name, record.id, name) for name in values}
        self.places = {
            text: place for text, place in self.places.items() if place not in replaced
        }
        for name, text in values.items():
            self.places[text] = record._name, record.id, name

    def keep_anywhere(self, text, where):
        """Remember what a person typed where nobody types over it."""
        self.places[text] = where, 0, text

    def forget(self, texts):
        for text in texts:
            self.places.pop(text, None)

    def find(self):
        """Return the texts that stand where people find them."""
        return self._find(
            SQL(
                "SELECT to_jsonb(shelf)::text FROM %s shelf WHERE id > %s",
                SQL.identifier(table),
                self.last_ids[table],
            )
            for table in SHELVES
        )

    def find_on(self, leads):
        """Return the texts that stand on leads and in their chatter."""
        return self._find(
            SQL(f"SELECT to_jsonb(shelf)::text FROM {shelf}", leads.ids)
            for shelf in SHELVES_OF_LEAD
        )

    def _find(self, queries):
        self.env.flush_all()
        rows = self.env.execute_query(SQL(" UNION ALL ").join(queries))
        return set(TYPED.findall("\n".join(row for (row,) in rows)))

    def get_gone(self):
        """Return the texts that are nowhere, and where they were typed."""
        return {text: self.places[text] for text in self.places.keys() - self.find()}
