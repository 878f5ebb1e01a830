from collections import defaultdict
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_management.models.crm_lead.open_lead import Question
from odoo.addons.lead_management.tools.lead_likeness import Traits, compare


def get_evidence(traits):
    """Return by what others of the same person are looked up."""
    return [
        (kind, value)
        for kind, value in traits._asdict().items()
        if value and kind != "person"
    ]


class OpenLead(NamedTuple):
    """What is known of an open lead or opportunity."""

    id: int
    type: str
    owner_id: int
    company_id: int
    traits: Traits


class OpenLeads:
    """The open leads and opportunities of the persons of a batch of leads.

    Looked up once for all of them, as `crm_lead/open_lead.py` of the main addon
    specifies: those that have an owner, of all companies. The leads of the batch itself
    are among them, with the owners that they have by now: see `note`.
    """

    def __init__(self, leads, batch):
        """Look them up.

        :param leads: the leads whose persons are asked about
        :param batch: all leads that are assigned with them
        """
        self.env = leads.env
        self.leads = leads
        self.owners = {}  # of the leads of the batch, as far as they have changed
        self.owner_ids = set()  # of all that were looked up
        self._found = defaultdict(list)
        self._traits = {lead.id: lead._get_traits_of_person() for lead in batch}
        rows = map(self._get_row, batch | self._find())
        for row in sorted(rows, key=lambda row: -row.id):
            if row.owner_id:
                self.owner_ids.add(row.owner_id)
            for evidence in get_evidence(row.traits):
                self._found[evidence].append(row)

    def _get_row(self, lead):
        return OpenLead(
            lead.id,
            lead.type,
            lead.user_id.id,
            lead.company_id.id,
            self._get_traits(lead),
        )

    def _get_traits(self, lead):
        return self._traits.get(lead.id) or lead._get_traits_of_person()

    def _find(self):
        """Return the open leads that have an owner, and something in common with those
        of the batch."""
        leads = self.leads.browse().with_context(active_test=False)
        traits = set(map(self._get_traits, self.leads))
        questions = [Question(one, None) for one in traits]
        found = leads._look_up_open_leads(questions, SQL("user_id IS NOT NULL"))
        return leads.search_fetch(
            Domain("id", "in", list(set().union(*found))),
            [
                *("type", "user_id", "company_id", "partner_id"),
                *("contact_name", "email_normalized", "phone_sanitized"),
            ],
        )

    def note(self, lead, user):
        """Let the leads that come later know who has got one."""
        self.owners[lead.id] = user.id

    def find(self, lead):
        """Return the open leads of the same person that somebody has, the best first,
        of these the newest.

        :return: tuples of a `Likeness`, an `OpenLead` and the id of its owner
        """
        traits = self._get_traits(lead)
        rows = {
            row.id: row
            for evidence in get_evidence(traits)
            for row in self._found.get(evidence, ())
            if row.id != lead.id
        }
        found = []
        for row in rows.values():
            owner_id = self.owners.get(row.id, row.owner_id)
            likeness = compare(traits, row.traits)
            if owner_id and likeness.score:
                found.append((likeness, row, owner_id))
        return sorted(found, key=lambda match: (-match[0].score, -match[1].id))
