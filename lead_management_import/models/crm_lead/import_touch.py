from functools import partial

from odoo import SUPERUSER_ID, models
from odoo.tools import SQL

# Messages that Odoo writes by itself.
AUTOMATIC_MESSAGES = ("notification", "user_notification", "auto_comment")
# Records that point at a lead without anybody having used it, or that have their own
# reason below.
TECHNICAL_MODELS = ("crm.lead", "crm.lead.conversion")


class CrmLead(models.Model):
    """Whether anybody has worked with a lead since it was imported.

    SPECIFICATION. A lead was worked with when, after its import,

    1. it was converted, whoever did it;
    2. a person changed one of its fields (reading it is no change);
    3. a person wrote or logged a message, or a mail came in; what Odoo notes by
       itself, such as an assignment, is none;
    4. a person planned an activity or attached a file;
    5. another record uses it: a quotation, a meeting, a campaign… Records that are
       deleted with the lead count when a person made them.

    What happened in the transaction that created the lead is the import's.
    """

    _inherit = "crm.lead"

    def _get_import_touches(self, forgiven=None):
        """Return why leads are no longer as they were imported.

        :param forgiven: a user whose changes of fields don't count
        :return: the first reason that is found, by id of the lead; nothing for leads
            that nobody has worked with
        """
        touches = {}
        left = self.sudo().browse(self.ids)
        if left:
            self.env.flush_all()
            left.fetch(["create_date", "date_conversion", "import_editor_id"])
        for find in (
            self._find_converted,
            partial(self._find_edited, forgiven=forgiven),
            self._find_written_about,
            self._find_planned,
            self._find_used,
        ):
            if left:
                touches.update(find(left))
                left = left.filtered(lambda lead: lead.id not in touches)
        return touches

    def _find_converted(self, leads):
        converted = leads._get_open_conversions().lead_id | leads.filtered(
            lambda lead: (
                lead.date_conversion and lead.date_conversion > lead.create_date
            )
        )
        return dict.fromkeys(converted.ids, self.env._("converted"))

    def _find_edited(self, leads, forgiven=None):
        return {
            lead.id: self.env._("edited by %(user)s", user=lead.import_editor_id.name)
            for lead in leads
            if lead.import_editor_id and lead.import_editor_id != forgiven
        }

    def _find_written_about(self, leads):
        ids = self._fetch_leads_with(
            leads,
            "mail_message made ON made.model = 'crm.lead' AND made.res_id = lead.id"
            " AND made.create_date > lead.create_date"
            " AND (made.create_uid != %s OR made.message_type NOT IN %s)",
            SUPERUSER_ID,
            AUTOMATIC_MESSAGES,
        )
        return dict.fromkeys(ids, self.env._("has messages"))

    def _find_planned(self, leads):
        found = {}
        reasons = {
            "mail.activity": self.env._("has activities"),
            "ir.attachment": self.env._("has files"),
        }
        for model, reason in reasons.items():
            ids = self._fetch_leads_with(
                leads,
                "%s made ON made.res_model = 'crm.lead' AND made.res_id = lead.id"
                " AND made.create_date > lead.create_date AND made.create_uid != %s",
                SQL.identifier(self.env[model]._table),
                SUPERUSER_ID,
            )
            found.update(dict.fromkeys(ids, reason))
        return found

    def _find_used(self, leads):
        found = {}
        for field in self._get_using_fields():
            model = self.env[field.model_name]
            by_person = SQL("TRUE")
            if field.ondelete == "cascade" and model._log_access:
                by_person = SQL(
                    "made.create_date > lead.create_date AND made.create_uid != %s",
                    SUPERUSER_ID,
                )
            if ids := self._fetch_leads_with(
                leads,
                "%s made ON made.%s = lead.id AND %s",
                SQL.identifier(model._table),
                SQL.identifier(field.name),
                by_person,
            ):
                reason = self.env._(
                    "used by: %(records)s",
                    records=self.env["ir.model"]._get(model._name).sudo().name,
                )
                found.update(dict.fromkeys(ids, reason))
        return found

    def _fetch_leads_with(self, leads, join, *args):
        """Return the ids of the leads that have records in another table.

        :param str join: the table, and which of its records count
        """
        query = SQL(
            "SELECT DISTINCT lead.id FROM crm_lead lead JOIN %s"
            " WHERE lead.id = ANY(%s)",
            SQL(join, *args),
            leads.ids,
        )
        return [lead_id for (lead_id,) in self.env.execute_query(query)]

    def _get_using_fields(self):
        """Return the stored fields of other models that link to a lead."""
        return [
            field
            for model in self.env.registry.values()
            if model._auto
            and not model._abstract
            and not model._transient
            and model._name not in TECHNICAL_MODELS
            and getattr(model, "_counts_as_use", True)
            for field in model._fields.values()
            if field.type == "many2one"
            and field.comodel_name == "crm.lead"
            and field.store
            and field.column_type
        ]
