from odoo import models

# The context key of `NewFollowers`; no client can send one.
NEW_FOLLOWERS = "lead_new_followers"


class NewFollowers:
    """Who is to follow records that are being made together, of one model."""

    def __init__(self, records):
        self.model = records._name
        self._followers = records.env["mail.followers"]
        self._asked = {}  # by what was asked: the records' ids, and the arguments

    def keep(self, res_id, *args, **kwargs):
        """Keep what was asked for a record."""
        key = repr((args, kwargs))
        if any(res_id in ids for ids, _args, _kwargs in self._asked.values()):
            self.insert()  # what is asked second looks at what there is by then
        self._asked.setdefault(key, ([], args, kwargs))[0].append(res_id)

    def insert(self):
        """Insert the followers that were asked for so far."""
        asked, self._asked = self._asked, {}
        for ids, args, kwargs in asked.values():
            self._followers._insert_followers(self.model, ids, *args, **kwargs)


class MailFollowers(models.Model):
    # Native looks for the followers of each new record by itself, and inserts them.
    _inherit = "mail.followers"

    def _insert_followers(self, res_model, res_ids, *args, **kwargs):
        new = self.env.context.get(NEW_FOLLOWERS)
        if isinstance(new, NewFollowers) and new.model == res_model:
            if len(res_ids) == 1:
                return new.keep(res_ids[0], *args, **kwargs)
            new.insert()
        return super()._insert_followers(res_model, res_ids, *args, **kwargs)
