from odoo import api, models

from .crm_account_alias.lesson import Lesson

LINKS = ("account_id", "partner_id")
# What only conversions and merges write beside a link
NO_LINKING = {"type", "date_conversion"}


class CrmLead(models.Model):
    """Linking a lead to an account by hand teaches by which name it is known."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        if self.env["crm.account.alias"]._is_taught_by_person():
            linked = leads.browse(
                lead.id
                for lead, vals in zip(leads, vals_list, strict=True)
                if any(vals.get(name) for name in LINKS)
            )
            linked._teach_names({lead: lead.partner_name for lead in linked})
        return leads

    def write(self, vals):
        if (
            vals.keys().isdisjoint(LINKS)
            or vals.keys() & NO_LINKING
            or not self.env["crm.account.alias"]._is_taught_by_person()
        ):
            return super().write(vals)
        names = {lead: lead.partner_name for lead in self}
        before = {lead: lead._get_linked_account() for lead in self}
        result = super().write(vals)
        relinked = self.filtered(
            lambda lead: lead._get_linked_account() != before[lead]
        )
        relinked._forget_names()
        if not vals.get("partner_id"):  # native names the lead after its customer
            names = {lead: lead.partner_name for lead in relinked}
        relinked._teach_names({lead: names[lead] for lead in relinked})
        return result

    def _get_linked_account(self):
        """Return the account that the lead is linked to, perhaps none."""
        return self.partner_id.commercial_partner_id or self.account_id

    def _teach_names(self, names):
        """Keep what the links of leads teach."""
        lessons = [
            Lesson(
                names[lead],
                lead._get_linked_account(),
                {"origin": "lead", "lead_id": lead.id},
            )
            for lead in self
            if lead.type == "lead"
            and lead._get_linked_account()
            # Whose e-mail address it has says nothing of the company's name.
            and lead.partner_id.email_normalized != (lead.email_normalized or None)
        ]
        if lessons:
            self.env["crm.account.alias"]._learn(lessons)

    def _forget_names(self):
        """Take back what the user has taught by the links that the leads had."""
        if self:
            self.env["crm.account.alias"].sudo().search(
                [
                    ("lead_id", "in", self.ids),
                    ("user_id", "=", self.env.uid),
                    ("conversion_id", "=", False),
                ]
            ).unlink()

    def _execute_conversions(self, plans):
        aliases = self.env["crm.account.alias"]
        lessons = {}
        if aliases._is_taught_by_person():
            # Before conversion fills the accounts with what the leads know.
            lessons = self._get_lessons_of_plans(plans)
        conversions = super()._execute_conversions(plans)
        taught = []
        for plan, conversion in zip(plans, conversions, strict=True):
            if lesson := lessons.get(plan.lead):
                vals = {"origin": "conversion", "conversion_id": conversion.id}
                taught.append(lesson._replace(vals=vals | {"lead_id": plan.lead.id}))
        if taught:
            aliases._learn(taught)
        return conversions

    def _get_lessons_of_plans(self, plans):
        """Return what conversions teach in which a person chose another account than
        the one that is linked when nobody chooses, by lead."""
        asked = [
            plan
            for plan in plans
            if plan.account
            and not plan.account_to_be
            and plan.lead._get_company_name()
            and not plan.lead._get_linked_account()
            # Nobody chose whose e-mail address it has: a contact, or the account.
            and (plan.contact or plan.account).email_normalized
            != (plan.lead.email_normalized or None)
        ]
        if not asked:
            return {}
        questions = [
            plan.lead._get_account_question(plan.lead._get_match_values())
            for plan in asked
        ]
        found = self.env["crm.account.alias"]._find_best(questions)
        return {
            plan.lead: Lesson(plan.lead.partner_name, plan.account, {})
            for plan, best in zip(asked, found, strict=True)
            if best != plan.account.commercial_partner_id.id
        }
