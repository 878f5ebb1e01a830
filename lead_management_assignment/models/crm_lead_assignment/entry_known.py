from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What is looked for, in which order: by the value of `known_order`
KINDS = {
    "person": ("lead", "contact", "account"),
    "account": ("account", "contact", "lead"),
    "only_person": ("lead", "contact"),
    "only_account": ("account",),
}


class CrmLeadAssignmentRuleEntry(models.Model):
    """Entries that give a lead to whom the customer knows: what may be matched, how
    sure that must be, and who gets the lead when its owner can't take it.

    What counts as a match is specified in `known_owners.py`, who can take a lead in
    `known.py`.
    """

    _inherit = "crm.lead.assignment.rule.entry"

    known_order = fields.Selection(
        [
            ("person", "Open lead or opportunity, contact, account"),
            ("account", "Account, contact, open lead or opportunity"),
            ("only_person", "Open lead or opportunity, contact"),
            ("only_account", "Account only"),
        ],
        "Look For",
        required=True,
        default="person",
        help="What the lead is compared with, in this order. The first match whose"
        " owner can take the lead decides. The owner of a contact or an account is its"
        " salesperson.",
    )
    known_score = fields.Selection(
        [("sure", "Sure matches only"), ("likely", "Likely matches too")],
        "Minimum Score",
        required=True,
        default="sure",
        help="From which score on matches are shown, and from which on they are sure,"
        " is said in the settings of account matching",
    )
    known_fallback = fields.Selection(
        [
            ("next", "The next entry decides"),
            ("leader", "The leader of the owner's team gets it"),
            ("queue", "It waits in a queue"),
        ],
        "If the owner can't take it",
        required=True,
        default="next",
        help="What becomes of a lead whose owner would be archived, away, at the limit"
        " of open leads, without access to leads, or not of the lead's company. If"
        " that isn't possible either, the next entry decides.",
    )
    note = fields.Char(
        help="What the entry is for, in a sentence: for those who look after the rules"
    )

    @api.depends("known_order", "known_score")
    @api.depends_context("lang")
    def _compute_target_summary(self):
        known = self.filtered(lambda entry: entry.target == "known")
        others = super(CrmLeadAssignmentRuleEntry, self - known)
        result = others._compute_target_summary()
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("known_order", "known_score")
        }
        for entry in known:
            entry.target_summary = self.env._(
                "The owner of: %(records)s (%(score)s)",
                records=labels["known_order"].get(entry.known_order, ""),
                score=labels["known_score"].get(entry.known_score, ""),
            )
        return result

    @api.constrains("target", "known_fallback", "queue_id")
    def _check_known_fallback(self):
        for entry in self:
            if (
                entry.target == "known"
                and entry.known_fallback == "queue"
                and not entry.queue_id
            ):
                raise ValidationError(
                    self.env._(
                        "Choose the queue in which leads of the entry “%(entry)s” wait"
                        " when their owner can't take them.",
                        entry=entry.name,
                    )
                )

    def _has_target(self):
        return self.target == "known" or super()._has_target()

    def _get_target_problem(self):
        # Whom it gives leads to depends on the lead; without a way out of its own,
        # the next entry decides.
        return self.target != "known" and super()._get_target_problem()

    def _can_serve(self, company):
        return self.target == "known" or super()._can_serve(company)

    def _get_queues(self):
        fallback = self.filtered(
            lambda entry: entry.target == "known" and entry.known_fallback == "queue"
        )
        return super()._get_queues() | fallback.queue_id

    def _get_kinds(self):
        """Return what the entry looks for, in order: `lead`, `contact`, `account`."""
        return KINDS[self.known_order]

    def _can_wait(self, company):
        """Tell whether a lead of a company can wait in the queue of the fallback."""
        queue = self.sudo().queue_id
        return queue.active and (
            not company or not queue.company_id or queue.company_id == company
        )
