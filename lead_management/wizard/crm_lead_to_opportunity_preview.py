from contextlib import suppress

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.crm_lead.conversion_plan import ADDRESS_FIELDS


class CrmLead2opportunityPartner(models.TransientModel):
    """What becomes of the lead, in words: as lists of what is created, linked and
    filled, and as a sentence or two for each of account, contact and opportunity."""

    _inherit = "crm.lead2opportunity.partner"

    preview_created = fields.Text(compute="_compute_preview")
    preview_linked = fields.Text(compute="_compute_preview")
    preview_filled = fields.Text(compute="_compute_preview")
    account_summary = fields.Char(compute="_compute_preview")
    contact_summary = fields.Char(compute="_compute_preview")
    opportunity_summary = fields.Char(compute="_compute_preview")

    @api.depends(
        *("account_id", "contact_id", "same_person_id", "is_primary"),
        *("result", "opportunity_id", "opportunity_name", "shares_address"),
        *("value_ids.is_written", "value_ids.value"),
    )
    def _compute_preview(self):
        for wizard in self:
            plan, lists, summary = None, ([], [], []), {}
            if wizard.lead_id:
                plan = wizard._get_reviewed_plan()
                lists = wizard._get_preview(plan)
                summary = {
                    "account": wizard._get_account_summary(plan),
                    "contact": wizard._get_contact_summary(plan),
                    "opportunity": wizard._get_opportunity_summary(plan),
                }
            for name, lines in zip(("created", "linked", "filled"), lists, strict=True):
                wizard[f"preview_{name}"] = "\n".join(lines)
            for name in ("account", "contact", "opportunity"):
                wizard[f"{name}_summary"] = " ".join(summary.get(name, ())) or False

    def _get_reviewed_plan(self):
        """Return the plan with what the preview names as it was reviewed."""
        plan = self._get_plan()
        with suppress(UserError):  # which converting says
            plan.overrides = self._get_overrides({"name", *ADDRESS_FIELDS})
        return plan

    # ------------------------------------------------------------
    # LISTS
    # ------------------------------------------------------------

    def _get_preview(self, plan):
        """Return three lists: what is created, what is linked, what is filled."""
        created, linked = [], []
        names = dict(
            self.value_ids._fields["record_name"]._description_selection(self.env)
        )
        written = {name: plan.get_written(name) for name in ("account", "contact")}
        for name in (*written, "opportunity"):
            record = getattr(plan, name)
            if name != "opportunity":
                title = record.display_name or written[name].get("name")
            elif self.result == "opportunity":
                title = self.opportunity_name
            else:
                title = record.display_name
            if not title or (name == "account" and not plan.has_account):
                continue
            label = self.env._("%(record)s %(name)s", record=names[name], name=title)
            if name == "contact" and written[name].get("type") == "other":
                label = self.env._("%s, with an address of its own", label)
            (linked if record else created).append(label)
        if self.same_person_id and not self.contact_id:
            linked.append(
                self.env._(
                    "the same person as %(contact)s",
                    contact=self.same_person_id.display_name,
                )
            )
        if self._is_made_primary(plan):
            linked.append(self.env._("as its primary contact"))
        filled = [
            self.env._(
                "%(record)s: %(field)s",
                record=names[line.record_name],
                field=line.field_label,
            )
            for line in self.value_ids
            if line.is_written
            and (
                getattr(plan, line.record_name)
                or (plan.keeps_lead and line.record_name == "opportunity")
            )
        ]
        return created, linked, filled

    def _is_made_primary(self, plan):
        """Tell whether a linked account gets the contact as its primary one."""
        primary = self.account_id.primary_contact_id
        return bool(
            self.account_id
            and plan.has_contact
            and plan.company == plan.account
            and (self.is_primary or not primary)
            and not (self.contact_id and self.contact_id == primary)
        )

    # ------------------------------------------------------------
    # SENTENCES
    # ------------------------------------------------------------

    def _get_account_summary(self, plan):
        if not plan.has_account:
            return [self.env._("No account: the contact has no company.")]
        if not plan.account:
            return [self.env._("A new account is created.")]
        return [
            self.env._("The account is linked."),
            *self._get_changes_summary(plan, "account"),
        ]

    def _get_contact_summary(self, plan):
        if not plan.has_contact:
            return [self.env._("No contact: the lead names no person.")]
        if plan.contact:
            sentences = [
                self.env._("The contact is linked."),
                *self._get_changes_summary(plan, "contact"),
            ]
        else:
            sentences = [self.env._("A new contact is created.")]
        if plan.get_written("contact").get("type") == "other":
            sentences.append(self.env._("It has an address of its own."))
        if self.same_person_id and not self.contact_id:
            same = self.same_person_id.display_name
            sentences.append(self.env._("It is the same person as %s.", same))
        if self._is_made_primary(plan):
            sentences.append(self.env._("It becomes the primary contact."))
        return sentences

    def _get_opportunity_summary(self, plan):
        if self.result == "account":
            return [self.env._("No opportunity is created. The lead is archived.")]
        if self.result == "opportunity":
            return [self.env._("The lead becomes the opportunity.")]
        if not plan.opportunity:
            return [self.env._("Choose the opportunity.")]
        return [
            self.env._("Activities and files go there. The lead is archived."),
            *self._get_changes_summary(plan, "opportunity"),
        ]

    def _get_changes_summary(self, plan, record_name):
        """Return how many values of a linked record are filled, and replaced."""
        written = self.value_ids.filtered(
            lambda line: line.record_name == record_name and line.is_written
        )
        replaced = len(written.filtered("current_value"))
        sentences = []
        if filled := len(written) - replaced:
            sentences.append(self.env._("Blank fields that are filled: %s.", filled))
        if replaced:
            sentences.append(self.env._("Values that are replaced: %s.", replaced))
        return sentences
