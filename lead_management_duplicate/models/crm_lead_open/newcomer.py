import hashlib

from odoo import models

from odoo.addons.lead_management.tools.lead_likeness import SURE, compare, words

POLICIES = ("off", "tell", "add")
WAYS = ("form", "visitor", "mail", "import", "api", "convert")
TOLD = ("form", "convert")  # ways in which a person decides, and nobody else


class CrmLead(models.Model):
    """What happens by itself when somebody comes in of whom a lead is open.

    It is for the settings to say, for each way in: nothing; the form of the new lead
    tells of the open one; or, when it is surely the same person, what came in is added
    to the open lead. Two who come in at once are one lead then: whoever is second waits
    for the first, and finds its lead (see `crm.account.key`).
    """

    _inherit = "crm.lead"

    def _get_open_lead_policy(self, way):
        choices = POLICIES[:2] if way in TOLD else POLICIES
        return self.env["ir.config_parameter"]._get_lead_choice(
            f"lead_management.open_lead_{way}", "tell", choices
        )

    def _get_way_in(self):
        way = super()._get_way_in()
        if way != "form" or not self.create_date:
            return way
        # An e-mail is posted in the transaction that makes a lead of it.
        is_mailed = (
            self.env["mail.message"]
            .sudo()
            .search_count(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("message_type", "=", "email"),
                    ("create_date", "<=", self.create_date),
                ],
                limit=1,
            )
        )
        if is_mailed:
            return "mail"
        return "api" if self.is_from_program else "form"

    def _get_leads_to_add_to(self, values_list, way, only_asks=False):
        leads = super()._get_leads_to_add_to(values_list, way, only_asks)
        if self._get_open_lead_policy(way) != "add":
            return leads
        sure = [next(iter(found), None) for found in self._find_sure(values_list)]
        # Somebody may be deleting them.
        there = self.sudo().browse({match.id for match in sure if match}).exists()
        if not only_asks:
            there._note_added({match.id: match for match in sure if match}, way)
        return [
            lead or (there & there.browse(match.id if match else ()))
            for lead, match in zip(leads, sure, strict=True)
        ]

    def _get_first_of_same(self, values_list, way):
        firsts = super()._get_first_of_same(values_list, way)
        if self._get_open_lead_policy(way) != "add":
            return firsts
        return self._find_first_of_same(values_list)

    def _find_sure(self, values_list):
        """Return the `Match`es that are surely the same person or company, the best
        first, once nobody else makes a lead of one of them."""
        self._wait_for_same(values_list)
        return [
            [match for match in matches if match.score >= SURE]
            for matches in self._judge_open_leads(values_list)
        ]

    def _find_first_of_same(self, values_list):
        """Return for each of some values the position of the first ones that are surely
        of the same person or company: perhaps their own."""
        firsts = list(range(len(values_list)))
        questions = [self._get_question(values) for values in values_list]
        by_trait = {}
        for position, question in enumerate(questions):
            # Only those that share something are compared.
            shared = [
                (kind, text, question.company_id)
                for kind, text in question.traits._asdict().items()
                if text and kind != "person"
            ]
            before = sorted({at for trait in shared for at in by_trait.get(trait, ())})
            for at in before:
                if compare(question.traits, questions[at].traits).score >= SURE:
                    firsts[position] = firsts[at]
                    break
            for trait in shared:
                by_trait.setdefault(trait, []).append(position)
        return firsts

    def _wait_for_same(self, values_list):
        """Let nobody else make a lead of the same person until this transaction ends:
        of the mailbox, the phone, or the name with the company.

        :raise SerializationFailure: somebody has, since this transaction began
        """
        keys = set()
        for values in values_list:
            traits = self._get_question(values).traits
            keys |= {traits.mailbox, traits.phone}
            if person := " ".join(words(traits.person)):
                companies = traits.account_key, traits.domain
                keys |= {f"{person} {company}" for company in companies if company}
        self.env["crm.account.key"].sudo()._lock(
            # They are kept for a day: not as the addresses that they are.
            f"lead {hashlib.sha256(key.encode()).hexdigest()}"
            for key in keys
            if key
        )
