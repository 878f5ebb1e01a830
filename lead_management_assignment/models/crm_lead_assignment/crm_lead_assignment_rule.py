from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_list

from .crm_lead_assignment_rule_entry import COUNTED_DAYS


class CrmLeadAssignmentRule(models.Model):
    """Who gets which lead: an ordered list of entries, the first match wins.

    SPECIFICATION

    Which leads are assigned: open leads. Opportunities, and leads that are lost,
    converted or archived, are left as they are, and counted nowhere. So are leads that
    another transaction is changing at the moment.

    Which rule is asked: the active rule of the lead's company, else the active rule
    without a company. There is one of each at most. A lead that has no company is a
    lead of whatever company takes it: it asks the rule without a company, else the one
    of the current company.

    Which entry takes a lead: entries are asked in their order. The first one whose
    filter the lead meets, and which has somebody to give it to, takes it; the others
    are not asked. Filters look at all records, not only at those of the user who causes
    the rules to run. An entry has nobody to give a lead to, and is passed over, when

      * its user, queue or team is archived, or nobody in the rotation is active;
      * its user or all in the rotation may not work in the lead's company, or its queue
        or team is another company's;
      * all in the rotation or the team are away, or have as many leads as they may;
      * its filter can't be asked, say because the app of a field was uninstalled.

    The first and the last stay until somebody does something; the rule's form shows
    them as warnings.

    Who gets the lead:

      * *a salesperson*: that one, whether or not they are away or busy;
      * *salespeople in turn*: whoever got a lead least recently, counting turns of all
        rules and what people assigned by hand; at a tie, the lower id. Where shares
        differ or the entry says so, each gets their share of what is handed out while
        they are there (`tools/turns.py`). Passed over is who is away (`away_until`,
        outside of their working hours, out of office in their preferences, time off,
        paused in all sales teams they are in) or has as many open leads as
        `crm.lead.assignee` allows;
      * *a team*: its members in turn, in the same way, and no more than their native
        capacity of 30 days; the lead also gets the team. Members' own native filters
        are native assignment's affair;
      * *a queue*: the lead has no owner then;
      * *the owner of what it matches*: whom the customer knows, see `known_owners.py`
        and `known.py`. An entry that finds no match with an owner is passed over.

    A lead that gets an owner leaves its queue. With *keep the owner it has*, an entry
    takes leads that have an owner, and leaves them as they are.

    No match: a lead without owner and queue goes to the default owner of its company
    (Settings), if there is one who may work there; others stay as they are. An owner
    who was archived is none.

    What else happens: the chatter says which entry assigned the lead to whom, and who
    had it before. The new owner follows the lead. If the entry has an e-mail template,
    each new owner gets it for each lead, by the mail queue; native's notification is
    not sent, nor is a template for queues: a queue tells its members itself.

    When the rules run: on captured leads always; on leads created with the context key
    `lead_assign_by_rules` or the value `assign_by_rules` (form, import, API); on leads
    that come in by a door of Odoo's own, if the rule says so (see `doors.py` of
    `crm.lead`); on leads selected in the list; and, from time to time and when a rule
    was changed, on leads that nobody owns and no queue holds, if the rule says so.

    How they run: in batches, with one search for each entry and batch, one write for
    each set of values, and one creation of messages. What becomes of a lead does not
    depend on the batch: all filters are asked first, then each lead gets its answer in
    the order of the leads. Two transactions never give the same turn: see
    `crm.lead.assignee`.
    """

    _name = "crm.lead.assignment.rule"
    _description = "Assignment Rule"
    _inherit = ["lead.sample.mixin"]
    _order = "active desc, company_id, name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(
        default=True, help="Archived rules are kept but don't assign leads"
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        help="Assign the leads of this company. Leave it empty to assign leads of every"
        " company that has no active rule of its own, and leads without a company.",
    )
    assign_left = fields.Boolean(
        "Assign leads left without an owner",
        default=True,
        help="From time to time, apply the rules to leads that have no owner and wait"
        " in no queue, however they came in",
    )
    assign_mail = fields.Boolean(
        "Emails to a sales team",
        help="Apply the rules to leads made from emails as they come in. Leads that"
        " nobody gets by them go to the leader of the team.",
    )
    assign_api = fields.Boolean(
        "Programs that call the API",
        help="Apply the rules to leads that programs create by JSON-2, XML-RPC or"
        " JSON-RPC, instead of giving them to the user of the program. A program may"
        " name the owner itself.",
    )
    entry_ids = fields.One2many(
        "crm.lead.assignment.rule.entry", "rule_id", "Entries", copy=True
    )
    entry_count = fields.Integer("Number of Entries", compute="_compute_entry_count")
    assigned_count = fields.Integer(
        "Leads in 30 Days", compute="_compute_assigned_count"
    )
    warning = fields.Char(compute="_compute_warning")

    _active_company_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0)) WHERE active IS TRUE",
        "There is an active assignment rule for this company already. Archive it before"
        " you use another one, or add entries to it.",
    )

    @api.depends("entry_ids")
    def _compute_entry_count(self):
        for rule in self:
            rule.entry_count = len(rule.entry_ids)

    @api.depends("entry_ids.assigned_count")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_assigned_count(self):
        for rule in self:
            rule.assigned_count = sum(rule.entry_ids.mapped("assigned_count"))

    @api.depends("entry_ids.problem", "entry_ids.queue_id.is_lonely", "company_id")
    def _compute_warning(self):
        for rule in self:
            words = rule.entry_ids._get_problem_words()
            queues = rule.entry_ids._get_queues().sudo()
            lonely = queues.filtered("is_lonely").mapped("display_name")
            company = rule.company_id or self.env.company
            owner = company.sudo().lead_default_owner_id
            rule.warning = " ".join(
                text
                for text in (
                    words
                    and self.env._(
                        "Some entries are skipped, and the next one decides:"
                        " %(problems)s.",
                        problems=words,
                    ),
                    lonely
                    and self.env._(
                        "Nobody but sales managers sees the leads of %(queues)s: give"
                        " it members.",
                        queues=format_list(self.env, lonely),
                    ),
                    owner
                    and not owner.active
                    and self.env._(
                        "The default owner %(user)s is archived: choose another one in"
                        " the settings.",
                        user=owner.name,
                    ),
                    owner.active
                    and not self.env["crm.lead"]._can_own(owner, company)
                    and self.env._(
                        "The default owner %(user)s does not work in %(company)s:"
                        " choose another one in the settings.",
                        user=owner.name,
                        company=company.name,
                    ),
                )
                if text
            )

    def copy_data(self, default=None):
        return [
            {
                **vals,
                "name": self.env._("%s (copy)", rule.name),
                "active": False,
                **(default or {}),
            }
            for rule, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._trigger_cron()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self._trigger_cron()
        return result

    def _trigger_cron(self):
        """Let leads that wait for an owner be asked soon after a rule has changed."""
        if self.filtered(lambda rule: rule.active and rule.assign_left):
            self.env.ref("lead_management_assignment.ir_cron_assign_leads")._trigger()

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_open_assigned(self):
        """Return the action that lists what the rule assigned lately."""
        action = self.env["ir.actions.act_window"]._for_xml_id("crm.crm_lead_all_leads")
        since = fields.Datetime.now() - timedelta(days=COUNTED_DAYS)
        action["domain"] = [
            ("assignment_entry_id.rule_id", "in", self.ids),
            ("assignment_date", ">=", fields.Datetime.to_string(since)),
        ]
        action["context"] = {"active_test": False, "create": False}
        return action

    # ------------------------------------------------------------
    # ENGINE
    # ------------------------------------------------------------

    def _get_rules_by_company(self, companies):
        """Return the rule that leads of each company ask; see the specification.

        :param companies: the `res.company` of leads; the empty one is always in
        :return: rules by company, without companies that have none
        """
        # The list of rules shows archived ones, and says so in its context.
        rules = self.sudo().with_context(active_test=True).search([])
        own = {rule.company_id: rule for rule in rules}
        nobodys = own.get(self.env["res.company"])
        by_company = {company: own.get(company) or nobodys for company in companies}
        by_company[companies.browse()] = nobodys or own.get(self.env.company)
        return {company: rule for company, rule in by_company.items() if rule}
