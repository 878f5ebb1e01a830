from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_management.models.crm_lead.engagement import Engagement
from odoo.addons.lead_management.models.crm_lead.setup_steps import SetupStep

# The context key of the subtype of messages; no client can send a record.
LOG_SUBTYPE = "lead_capture_log_subtype"


class CrmLead(models.Model):
    """Where a lead of a web form came from, and what its visitor agreed to."""

    _inherit = "crm.lead"

    capture_form_id = fields.Many2one(
        "crm.lead.capture.form",
        "Web Form",
        readonly=True,
        system=True,
        copy=False,
        index="btree_not_null",
        help="The form that the lead came from",
    )
    capture_touches = fields.Json(readonly=True, system=True, copy=False)
    capture_origin = fields.Text(
        "Way to the Form",
        compute="_compute_capture_origin",
        help="The page and the campaign that the visitor came from, the first and"
        " the last time",
    )
    consent_ids = fields.One2many("crm.lead.consent", "lead_id", "Consents")

    @api.depends("capture_touches")
    @api.depends_context("lang")
    def _compute_capture_origin(self):
        forms = self.env["crm.lead.capture.form"]
        for lead in self:
            lead.capture_origin = "\n".join(
                f"{label} – {value}"
                for label, value in forms._describe_touches(lead.capture_touches)
            )

    def _get_engagement_kinds(self):
        return super()._get_engagement_kinds() | {
            "form": Engagement(
                self.env._("Web form sent"),
                SQL(
                    """
                    SELECT lead_id, create_date AS date
                      FROM crm_lead_capture_submission
                     WHERE lead_id IS NOT NULL AND state = 'lead'
                    """
                ),
            )
        }

    def _get_way_in(self):
        return "visitor" if self.capture_form_id else super()._get_way_in()

    def _log_creation(self):
        """Say in the chatter that leads were created, for those made by `create` with
        `mail_create_nolog`, which would post a message on each.

        Only leads that somebody follows for this get a message of their own, which
        notifies; those of all others are written at once.
        """
        if not self:
            return
        subtype = self[0]._creation_subtype()
        followers = self.env["mail.followers"].sudo()
        followed = followers._read_group(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("subtype_ids", "in", subtype.ids),
            ],
            ["res_id"],
        )
        followed = self.browse(lead_id for (lead_id,) in followed)
        body = Markup('<div summary="o_mail_notification"><p>%s</p></div>')
        bodies = {lead.id: body % lead._creation_message() for lead in self}
        for lead in followed:
            lead.sudo().message_post(
                subtype_id=subtype.id,
                author_id=self.env.user.partner_id.id,
                body=bodies[lead.id],
            )
        if others := self - followed:
            others.with_context(**{LOG_SUBTYPE: subtype})._message_log_batch(
                bodies=bodies
            )

    def _message_create(self, values_list):
        subtype = self.env.context.get(LOG_SUBTYPE)
        if isinstance(subtype, models.BaseModel):
            told = {"subtype_id": subtype.id, "is_internal": False}
            values_list = [{**values, **told} for values in values_list]
        return super()._message_create(values_list)

    def _get_setup_steps(self):
        forms = self.env["crm.lead.capture.form"]
        own = self._get_setup_company_domain() & Domain("is_sample", "=", False)
        return [
            *super()._get_setup_steps(),
            SetupStep(
                40,
                "web_form",
                self.env._("Make a web form"),
                "lead_management_capture.crm_lead_capture_form_action",
                bool(forms.search_count(own, limit=1)),
                forms._name,
            ),
        ]

    def _merge_get_fields(self):
        return [*super()._merge_get_fields(), "capture_form_id", "capture_touches"]

    def _get_rare_fields(self):
        return super()._get_rare_fields() | {
            "consent_ids": ("crm.lead.consent", "lead_id", "id"),
        }

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        moved = {
            name: (name, "lead_id", "id")
            for name in ("crm.lead.consent", "crm.lead.capture.submission")
        }
        # Most leads have neither: one query says so.
        empty = opportunities._find_empty(moved)
        for name in moved.keys() - set(empty):
            records = self.env[name].sudo()
            records.search([("lead_id", "in", opportunities.ids)]).lead_id = self
        return result
