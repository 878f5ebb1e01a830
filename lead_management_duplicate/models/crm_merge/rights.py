from odoo import models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_datetime

from .ledger import MERGED_MODELS


class CrmMerge(models.Model):
    """Who may take a merge apart, and why it can't be done."""

    _inherit = "crm.merge"

    def _get_refusals(self, later=None):
        """Return why the current user may not take the merge apart, as sentences.

        :param dict later: of `_find_later`, if that is known
        """
        self.ensure_one()
        user = self.env.user
        survivor = self._get_survivor()
        if self.separated_date:
            return [
                self.env._(
                    "%(user)s has separated them on %(date)s",
                    user=self.separated_user_name,
                    date=format_datetime(
                        self.env, self.separated_date, dt_format="short"
                    ),
                )
            ]
        if not survivor:
            return [self.env._("the record they were merged into is deleted")]
        if not self._may_separate(survivor):
            return [
                self.env._(
                    "only %(user)s, who merged them, or a sales manager can separate"
                    " them, and needs the right to change and create such records",
                    user=self.user_name or self.env._("nobody"),
                )
            ]
        refusals = []
        if self.date and self._get_oldest_date() > self.date:
            days = self._get_days()
            refusals.append(
                self.env._("they were merged more than a day ago")
                if days == 1
                else self.env._("they were merged more than %s days ago", days)
            )
        later = self._find_later() if later is None else later
        if later := later.get(self.id):
            refusals.append(
                self.env._(
                    "“%(survivor)s” was merged again on %(date)s with %(names)s:"
                    " separate these first",
                    survivor=survivor.display_name,
                    date=format_datetime(self.env, later.date, dt_format="short"),
                    names=later.merged_names,
                )
            )
        merged = self.sudo().merged or ()
        others = {company for *_, company in merged if company} - {
            *user.company_ids.ids
        }
        companies = self.env["res.company"].sudo().browse(others)
        if others and not self.env.su and companies.exists():
            refusals.append(
                self.env._(
                    "some of what was merged belongs to a company you don't work in"
                )
            )
        return refusals

    def _may_separate(self, survivor):
        if self.env.su:
            return True
        user = self.env.user
        return (
            (self.user_id == user or user.has_group("sales_team.group_sale_manager"))
            and survivor.has_access("write")
            and survivor.has_access("create")
        )

    def _find_later(self):
        """Return the last merge of the same survivor that came after, by id."""
        later = {}
        for name in MERGED_MODELS.values():
            last = {}
            for merge in self.sudo().search(
                [(name, "in", self[name].ids), ("separated_date", "=", False)],
                order="id",
            ):
                last[merge[name]] = merge
            for merge in self.sudo():
                found = last.get(merge[name])
                if found and found.id > merge.id:
                    later[merge.id] = found
        return later

    def _get_refusal_text(self, refusals):
        """Return reasons not to separate as a text."""
        return self.env._(
            "%(names)s can't be separated again:\n%(reasons)s",
            names=self.merged_names,
            reasons="\n".join(f"• {reason.rstrip('.')}." for reason in refusals),
        )

    def _lock_survivor(self):
        """Lock the survivor, so that nobody else changes it meanwhile."""
        survivor = self._get_survivor()
        try:
            self.sudo().lock_for_update()
            survivor.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is changing “%s” right now. Wait a moment and"
                    " separate it again.",
                    survivor.display_name,
                )
            ) from error
