from odoo import api, fields, models

from ..models.crm_lead.conversion_plan import ADDRESS_FIELDS
from ..tools.same_writing import is_same_writing

FEWEST_DIGITS = 5  # of a phone number


class CrmLead2opportunityPartner(models.TransientModel):
    """What somebody has to decide before a lead is converted.

    * A linked record says something else than the lead: what it says stays, unless
      somebody takes the lead's over. An address is one question, also where a contact
      shares it with the account. Values that are only written in another way are none,
      nor is what the mapping leaves alone.
    * A new contact has another address than the account it is of: it keeps its own,
      unless somebody says that it is the account's.
    * A value doesn't look like one, as a phone number of three digits: it is taken
      over, unless somebody leaves it out.

    Each has an answer from the start, so that nobody is held up.
    """

    _inherit = "crm.lead2opportunity.partner"

    shares_address = fields.Boolean(
        help="The new contact has the address of its account, whatever the lead says"
    )
    address_question = fields.Json(
        compute="_compute_address_question",
        help="Which address the new contact has, see _get_address_question",
    )

    @api.depends("account_id", "contact_id", "lead_id", "result")
    def _compute_address_question(self):
        for wizard in self:
            wizard.address_question = wizard.lead_id and wizard._get_address_question()

    def _get_address_question(self):
        """Return the two addresses that a new contact may have, as JSON.

        :return: `{"question": what is asked, "own": address, "shared": address}`, False
            if there is nothing to decide
        """
        plan = self._get_plan()
        plan.shares_address = False
        if plan.contact or not (plan.account.is_company and plan.has_contact):
            return False
        shared = plan._get_company_address()
        proposals = plan.propose("contact", shared)
        own = {
            name: proposals[name].value or False for name in shared if name in proposals
        }
        if not any(own.values()) or not any(shared.values()) or own == shared:
            return False
        return {
            "question": self._get_address_title(plan.contact_name),
            "own": self._get_address_text(plan.account.browse(), own),
            "shared": self._get_address_text(plan.account.browse(), shared),
        }

    def _get_address_title(self, name):
        return self.env._("Address of %s", name)

    def _get_address_text(self, record, address):
        """Return an address in one line."""
        order = ("street", "street2", "zip", "city", "state_id", "country_id")
        texts = [self._to_text(record, name, address.get(name)) for name in order]
        return ", ".join(text for text in texts if text)

    # ------------------------------------------------------------
    # LINES OF THE REVIEW
    # ------------------------------------------------------------

    def _get_questions(self, plan, record_name, record, proposals):
        """Return what somebody has to decide about the values of a record.

        :param Plan plan: what becomes of the lead
        :param str record_name: `account`, `contact` or `opportunity`
        :param record: the record that gets the values, empty if it is created
        :param dict proposals: of `Plan.propose`
        :return: the question by field name; the fields of an address have the same one
        """
        if record == plan.lead:  # what it says itself
            return {}
        title = self._get_record_title(plan, record_name)
        questions = {}
        for name, proposal in proposals.items():
            if name in ADDRESS_FIELDS:
                continue
            if self._is_contradicted(plan, record_name, name, proposal) or (
                proposal.is_written and self._is_doubtful(name, proposal.value)
            ):
                questions[name] = self.env._(
                    "%(field)s of %(record)s",
                    field=self._get_label(record, name),
                    record=title,
                )
        address = ADDRESS_FIELDS & proposals.keys()
        if any(
            self._is_contradicted(plan, record_name, name, proposals[name])
            for name in address
        ):
            if record_name == "contact" and plan.is_contact_at_account:
                title = self._get_record_title(plan, "account")
            # As a whole: what the lead doesn't say is blank then.
            for name in address:
                if proposals[name].current or proposals[name].value:
                    questions[name] = self._get_address_title(title)
        return questions

    def _get_record_title(self, plan, record_name):
        """Return how a record of the result is called in questions."""
        name = getattr(plan, record_name).name
        if record_name == "account":
            return name or plan.lead._get_company_name()
        return name or plan.contact_name

    def _is_contradicted(self, plan, record_name, name, proposal):
        """Tell whether a linked record says something else than the lead."""
        if (
            not getattr(plan, record_name)
            or not proposal.value
            or proposal.is_written
            or isinstance(proposal.value, list)
            or name in self._get_undisputed_fields()
            or plan.lead._get_existing_rule(record_name, name) == "keep"
        ):
            return False
        # One who has a part of an address may have got it from somewhere else.
        if not proposal.current:
            return name in ADDRESS_FIELDS
        return not is_same_writing(proposal.current, proposal.value)

    def _get_undisputed_fields(self):
        """Return the fields that say how a record came here, and who cares for it: it
        is no contradiction if a lead has other ones. Extend for more."""
        return {
            *("user_id", "team_id", "lang", "comment", "description", "referred"),
            *("lead_source_id", "source_id", "medium_id", "campaign_id"),
        }

    def _is_doubtful(self, name, value):
        """Tell whether a value doesn't look like one of its field. Extend for more."""
        return (
            name in ("phone", "company_phone", "fax")
            and sum(char.isdigit() for char in value) < FEWEST_DIGITS
        )
