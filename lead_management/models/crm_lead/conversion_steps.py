from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .conversion_plan import IS_PLANNED


class CrmLead(models.Model):
    """How plans of conversion are carried out, step by step."""

    _inherit = "crm.lead"

    def _execute_conversions(self, plans):
        """Carry out plans: set-based, in one transaction.

        :return: the `crm.lead.conversion` records, one a plan, in order
        """
        self.check_access("write")
        self._check_convertible()
        for plan in plans:
            plan.snapshot = plan.lead._get_conversion_snapshot()
        # What a lead gives its owner to is not to be of somebody who has left.
        self.browse(plan.lead.id for plan in plans)._replace_gone_owners()
        self._link_accounts(plans)
        self._link_contacts(plans)
        self._become_opportunities([plan for plan in plans if plan.keeps_lead])
        self._become_archived([plan for plan in plans if not plan.keeps_lead])
        conversions = self.env["crm.lead.conversion"]._record(plans)
        conversions._post_links()
        return conversions

    @api.model
    def _get_new_partners(self):
        """Return the model in which accounts and contacts are created.

        Their owner is the lead's, who knows of it: two more e-mails say nothing new.
        """
        return self.env["res.partner"].with_context(mail_auto_subscribe_no_notify=True)

    def _link_accounts(self, plans):
        """Create the accounts that are missing, one for each company of the batch, and
        fill the blanks of those that are linked."""
        missing = {}
        for plan in plans:
            if not plan.account and plan.lead.partner_name:
                missing.setdefault(plan.lead._get_new_account_key(), []).append(plan)
        accounts = self._get_new_partners().create(
            [
                {
                    **same[0].lead._get_account_values(),
                    **same[0].get_overrides("account"),
                }
                for same in missing.values()
            ]
        )
        accounts = accounts.with_env(self.env)
        for same, account in zip(missing.values(), accounts, strict=True):
            same[0].created.append(account)
            for plan in same:
                plan.account = account
        created = set(accounts)
        for plan in plans:
            if plan.account.is_company and plan.created[:1] != [plan.account]:
                overrides = {}
                if plan.account not in created:
                    overrides = plan.get_overrides("account") | plan.restore("account")
                plan.fill(plan.account, plan.lead._get_account_values(), overrides)

    def _link_contacts(self, plans):
        """Create the contacts that are missing, and make each the primary contact of an
        account that has none."""
        missing = [
            plan
            for plan in plans
            if not plan.contact
            and (
                plan.lead._get_contact_name()
                or plan.get_overrides("contact").get("name")
            )
        ]
        contacts = self._get_new_partners().create(
            [
                {
                    **plan.lead._get_contact_values(plan.account),
                    **plan.get_overrides("contact"),
                }
                for plan in missing
            ]
        )
        contacts = contacts.with_env(self.env)
        for plan, contact in zip(missing, contacts, strict=True):
            plan.contact = contact
            plan.created.append(contact)
        for plan in plans:
            if plan.contact and plan.contact not in plan.created:
                plan.fill(
                    plan.contact,
                    plan.lead._get_contact_values(plan.contact.parent_id),
                    plan.get_overrides("contact") | plan.restore("contact"),
                )
            # Without a company, the person is the account.
            plan.account = plan.account or plan.contact.commercial_partner_id
            if not plan.account:
                raise UserError(
                    self.env._(
                        "“%(lead)s” has neither a company nor a contact name: enter one"
                        " to convert it.",
                        lead=plan.lead.display_name,
                    )
                )
            if plan.contact.parent_id == plan.account:
                primary = {"primary_contact_id": plan.contact.id}
                plan.fill(plan.account, primary, primary if plan.is_primary else {})

    def _become_opportunities(self, plans):
        """Turn leads into their opportunities, the native way."""
        for plan in plans:
            lead = plan.lead.with_context(lead_conversion=IS_PLANNED)
            lead.convert_opportunity(plan.contact or plan.account)
            if values := plan.get_overrides("opportunity"):
                lead.write(dict(values))

    def _become_archived(self, plans):
        """Archive leads whose result is another record; pass on what is around them.

        What a lead says stays on it: its values are protected from being taken anew
        from the customer it gets. So does its queue, as a lead without queue and owner
        is everybody's to read.
        """
        leads = self.browse([plan.lead.id for plan in plans])
        if leads and self._is_bant_gate_on():
            leads._pass_bant_gate()
        self._hand_over_records(plans)
        for plan in plans:
            if plan.opportunity:
                plan.fill(
                    plan.opportunity,
                    plan.lead._get_opportunity_values(),
                    plan.get_overrides("opportunity"),
                )
            with plan.lead._keeping_values():
                plan.lead.write(
                    {
                        "partner_id": (plan.contact or plan.account).id,
                        "date_conversion": self.env.cr.now(),
                        # Native calls an archived lead of no probability lost.
                        "probability": max(plan.lead.probability, 1),
                        "active": False,
                    }
                )
        leads._write_status(self.env["crm.lead.status"]._get_of_category("converted"))

    def _keeping_values(self):
        """Return a context in which no value of the leads is computed anew.

        Whether they are won or lost still is: that is no value of its own.
        """
        computed = [
            field
            for field in self._fields.values()
            if field.store and field.compute and field.name != "won_status"
        ]
        return self.env.protecting(computed, self)

    def _hand_over_records(self, plans):
        """Pass activities, files, meetings and followers of leads to their results.

        Activities and the meetings of an opportunity move, files are copied, and to the
        meetings of an account its contact is added, without an invitation.
        """
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", [plan.lead.id for plan in plans]),
                ]
            )
            .grouped("res_id")
        )
        followed = {}
        for plan in plans:
            taker = plan.opportunity or plan.contact or plan.account
            place = {
                "res_model_id": self.env["ir.model"]._get_id(taker._name),
                "res_id": taker.id,
            }
            lead = plan.lead.sudo()
            for activity in lead.activity_ids:
                plan.moved.append(["mail.activity", activity.id])
            lead.activity_ids.write(place)
            for attachment in attachments.get(lead.id, ()):
                copy = attachment.copy(
                    {
                        "name": attachment.name,
                        "res_model": taker._name,
                        "res_id": taker.id,
                    }
                )
                plan.moved.append(["ir.attachment", copy.id])
            events = lead.calendar_event_ids
            if plan.opportunity:
                plan.moved += [["calendar.event", event.id] for event in events]
                events.write({**place, "opportunity_id": taker.id})
            else:
                absent = events.filtered(
                    lambda event, taker=taker: taker not in event.partner_ids
                )
                plan.moved += [["calendar.attendee", event.id] for event in absent]
                absent.with_context(
                    no_mail_to_attendees=True, dont_notify=True
                ).partner_ids = [Command.link(taker.id)]
            employees = lead.message_partner_ids.filtered(
                lambda partner: not partner.partner_share
            )
            key = taker._name, employees
            followed[key] = followed.get(key, taker.sudo()) | taker.sudo()
        for (_name, employees), takers in followed.items():
            if employees:
                takers.message_subscribe(employees.ids)
        # The activities of a record are cached by a reference the move can't see.
        self.env["res.partner"].invalidate_model(["activity_ids"])
        self.invalidate_model(["activity_ids"])
