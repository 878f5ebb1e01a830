from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.lead_management.tools import mailbox
from odoo.addons.lead_management.tools.lead_likeness import words

MAX_MERGED = 5  # what Odoo merges at a time
# Names are compared without case and extra spaces here.
PERSON = "lower(regexp_replace(trim(contact_name), '\\s+', ' ', 'g'))"


class CrmLeadDuplicate(models.Model):
    """A group of leads and opportunities that may be of one person.

    SPECIFICATION

    Compared are leads and opportunities that are open, see `_get_open_condition` of
    leads. They may be of one person when their e-mails go to the same mailbox, one that
    is not read by many; or when they have a name in common, one that is no
    placeholder ("n/a"), with the phone or with the company. That is what can be told
    for all leads in one query for each kind of evidence; what is typed is compared more
    closely.

    A scheduled action searches once a night, and whoever may review can search at any
    time. Groups that are found again keep their record.

    A group is left by merging, with Odoo's own rights and limits, or by saying that
    these are no duplicates, which is remembered for each pair.

    Groups are shown to those who may read at least two of their leads. Other leads are
    counted, and never named.
    """

    _name = "crm.lead.duplicate"
    _inherit = ["crm.duplicate.mixin"]
    _description = "Possible Duplicate Leads"
    _member_field = "lead_ids"
    _is_about_leads = True
    _evidence = (
        (
            "same_email",
            SQL(
                f"CASE WHEN NOT (split_part({mailbox.MAILBOX}, '@', 1) = ANY(%s))"
                f" THEN {mailbox.MAILBOX} END",
                sorted(mailbox.SHARED),
            ),
            4,
        ),
        (
            "same_phone",
            SQL(f"phone_sanitized || ' ' || NULLIF({PERSON}, '')"),
            2,
        ),
        (
            "same_company",
            SQL(f"account_key || ' ' || NULLIF({PERSON}, '')"),
            1,
        ),
    )

    lead_ids = fields.Many2many(
        "crm.lead",
        "crm_lead_duplicate_crm_lead_rel",
        "duplicate_id",
        "lead_id",
        readonly=True,
    )
    same_email = fields.Boolean(readonly=True)
    same_phone = fields.Boolean("Same Name and Phone", readonly=True)
    same_company = fields.Boolean("Same Name and Company", readonly=True)

    def _get_reason_labels(self):
        return {
            "same_email": self.env._("same email"),
            "same_phone": self.env._("same name and phone"),
            "same_company": self.env._("same name and company"),
        }

    def _get_compared_condition(self):
        return self.env["crm.lead"]._get_open_condition()

    def _find_clusters(self):
        clusters, companies = super()._find_clusters()
        # What all of a cluster are called may be what people type who give no name.
        asked = [ids[0] for name, ids in clusters if name != "same_email"]
        names = dict(
            self.env.execute_query(
                SQL("SELECT id, contact_name FROM crm_lead WHERE id = ANY(%s)", asked)
            )
        )
        clusters = [
            (name, ids)
            for name, ids in clusters
            if name == "same_email" or words(names[ids[0]])
        ]
        return clusters, companies

    def action_merge(self):
        """Return Odoo's wizard, to merge the oldest leads of the group, with a choice
        for each field in which they differ.

        :raise AccessError: the user may not change all of these leads
        :raise UserError: fewer than two leads are left
        """
        self.ensure_one()
        self._check_may_decide()
        leads = self.lead_ids.sorted("id")[:MAX_MERGED]
        if len(leads) < 2:
            raise UserError(
                self.env._(
                    "Fewer than two of these leads are left. Choose “Search Again” to"
                    " renew the list."
                )
            )
        return self.env["crm.merge.opportunity"]._open_with_choices(leads)

    def _check_may_decide(self):
        result = super()._check_may_decide()
        # Leads that the user can't open are not among those they see in the group.
        if any(self.mapped("hidden_count")) or not self.lead_ids.has_access("write"):
            raise AccessError(
                self.env._(
                    "Only who may change all of these leads can decide whether they"
                    " are duplicates. Ask their owner, or a sales manager."
                )
            )
        return result
