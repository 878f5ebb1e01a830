from odoo import models
from odoo.tools import format_datetime

from odoo.addons.lead_management.models.lead_decision_mixin import Decision, Kind

TOLD_MERGES = 5


class ResPartner(models.Model):
    """Which accounts one may be a duplicate of, and what was merged into it.

    Groups and merges are kept as records: they are told as they are now.
    """

    _inherit = "res.partner"

    def _get_decision_kinds(self):
        return super()._get_decision_kinds() | {
            "duplicate": Kind(self.env._("Possible duplicate"), False),
            "merge": Kind(self.env._("Merged"), False),
        }

    def _decide_again(self, kind):
        if kind == "duplicate":
            return self._get_duplicates_told()
        if kind == "merge":
            return self._get_merges_told()
        return super()._decide_again(kind)

    def _get_duplicates_told(self):
        groups = self.env["crm.account.duplicate"]
        found = groups.search([("account_ids", "in", self.ids), ("state", "=", "open")])
        # Of two that are apart, one has the link.
        known = self.sudo().with_context(active_test=False)
        marked = self.sudo().not_duplicate_ids | known.search(
            [("not_duplicate_ids", "in", self.ids)]
        )
        apart = marked.with_env(self.env)._filtered_access("read").ids
        if not found and not apart:
            return None
        told = {
            "groups": [
                {
                    "others": (group.account_ids - self).ids,
                    "hidden": group.hidden_count,
                    "reasons": [
                        name for name, _sql, _weight in groups._evidence if group[name]
                    ],
                    "date": str(group.create_date),
                }
                for group in found
            ],
            "apart": apart,
        }
        return Decision("group", told=told), None

    def _get_merges_told(self):
        merges = self.env["crm.merge"].search(
            [("partner_id", "=", self.id)], limit=TOLD_MERGES
        )
        if not merges:
            return None
        return Decision("merged", told={"merges": merges.ids}), None

    def _tell_decision(self, kind, code, told):
        if kind == "duplicate":
            return "\n".join(self._tell_duplicates(told))
        if kind == "merge":
            merges = self.env["crm.merge"].browse(told["merges"]).exists()
            return "\n".join(map(self._tell_merge, merges))
        return super()._tell_decision(kind, code, told)

    def _tell_duplicates(self, told):
        labels = self.env["crm.account.duplicate"]._get_reason_labels()
        lines = []
        for group in told["groups"]:
            names = [self._get_told_name(self._name, one) for one in group["others"]]
            if group["hidden"]:
                names.append(
                    self.env._("%s more that you cannot open", group["hidden"])
                )
            lines.append(
                self.env._(
                    "%(names)s: %(reasons)s",
                    names=", ".join(names),
                    reasons=", ".join(labels[reason] for reason in group["reasons"]),
                )
            )
        apart = self.browse(told["apart"])
        lines += [
            self.env._(
                "%s: not the same company, as somebody has said", one.display_name
            )
            for one in apart
        ]
        return lines

    def _tell_merge(self, merge):
        values = {
            "names": merge.merged_names,
            "user": merge.user_name,
            "date": format_datetime(self.env, merge.date, dt_format="short"),
        }
        if merge.separated_date:
            return self.env._(
                "%(names)s, by %(user)s on %(date)s, and separated again since",
                **values,
            )
        return self.env._("%(names)s, by %(user)s on %(date)s", **values)
