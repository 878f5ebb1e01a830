from odoo import api, models

CONTEXT_KEY = "lead_door"


class CrmLead(models.Model):
    """Leads that come in by a door of Odoo's own ask the assignment rules at once.

    A door is a field of `crm.lead.assignment.rule` that opens it: the rule that a lead
    asks is the one whose field counts. The rules come before the owner that the door
    itself gives, say the leader of the team: that one gets the leads which no entry
    and no default owner takes.
    """

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get(CONTEXT_KEY) or not self._is_called_by_program():
            return super().create(vals_list)
        is_asked = [self._is_for_rules_of_api(vals) for vals in vals_list]
        leads = super().create(
            [
                {**vals, "user_id": False} if asked else vals
                for vals, asked in zip(vals_list, is_asked, strict=True)
            ]
        )
        leads.browse(
            lead.id for lead, asked in zip(leads, is_asked, strict=True) if asked
        )._assign_at_door("assign_api")
        return leads

    def _is_for_rules_of_api(self, vals):
        """Tell whether a new lead asks the rules because a program creates it that has
        chosen no owner and no queue."""
        return (
            not any(map(vals.get, ("assign_by_rules", "user_id", "queue_id")))
            and self._is_born_as_lead(vals)
            and self._is_door_open(
                "assign_api", self.env["res.company"].browse(vals.get("company_id"))
            )
        )

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        lead = super(
            CrmLead, self.with_context(**{CONTEXT_KEY: "assign_mail"})
        ).message_new(msg_dict, custom_values=custom_values)
        return lead.with_context(**{CONTEXT_KEY: False})

    def _assign_userless_lead_in_team(self, creation_source):
        left = self
        if door := self.env.context.get(CONTEXT_KEY):
            left = self._assign_at_door(door)
        return super(CrmLead, left)._assign_userless_lead_in_team(creation_source)

    def _is_door_open(self, door, company):
        """Tell whether leads of a company ask the rules as they come in by a door.

        :param company: the `res.company`, or none for the current one
        """
        company = company or self.env.company
        rules = self.env["crm.lead.assignment.rule"]._get_rules_by_company(company)
        return company in rules and rules[company][door]

    def _assign_at_door(self, door):
        """Let the rules assign leads that came in, if theirs want to be asked.

        :return: the leads that nobody got
        """
        rules = self.env["crm.lead.assignment.rule"]._get_rules_by_company(
            self.sudo().company_id
        )
        asking = self.filtered(
            lambda lead: (rule := rules.get(lead.sudo().company_id)) and rule[door]
        )
        asking._run_assignment_rules()
        return self.filtered(lambda lead: lead.sudo()._is_left())
