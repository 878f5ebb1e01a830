from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.lead_management_response.tools.working_time import DAY, HORIZON

# The context key of the `WorkingTime` in which days are counted
WORKING_TIME = "lead_plan_working_time"
OWNER = "lead_owner"


class MailActivityPlanTemplate(models.Model):
    """A step of a plan on leads.

    It is an activity, or an email that goes out by itself. Its day is counted from that
    of the plan: days are working days, weeks and months are those of the calendar, and
    end on a working day.
    """

    _name = "mail.activity.plan.template"
    _inherit = [
        *("lead.guard.mixin", "lead.cached.mixin"),
        "mail.activity.plan.template",
    ]

    mail_template_id = fields.Many2one(
        "mail.template",
        "Send Email",
        domain=[("model", "=", "crm.lead")],
        index="btree_not_null",
        ondelete="restrict",
        help="The step sends this email by itself, and nobody gets an activity. Leads"
        " without an email address, or with one on the blacklist, skip the step.",
    )
    responsible_type = fields.Selection(
        selection_add=[(OWNER, "Owner of the lead")],
        ondelete={OWNER: "set default"},
        default=lambda self: (
            OWNER
            if self.env.context.get("default_res_model") == "crm.lead"
            else "on_demand"
        ),
    )

    @api.depends("plan_id.res_model")
    def _compute_responsible_type(self):
        result = super()._compute_responsible_type()
        for template in self:
            is_asked = template.responsible_type == "on_demand"
            if is_asked and template.plan_id.res_model == "crm.lead":
                template.responsible_type = OWNER
        return result

    @api.constrains("plan_id", "responsible_type", "mail_template_id")
    def _check_is_of_leads(self):
        for template in self:
            if template.plan_id.res_model == "crm.lead":
                model = template.mail_template_id.model or "crm.lead"
            elif template.responsible_type == OWNER or template.mail_template_id:
                model = None
            else:
                continue
            if model != "crm.lead":
                raise ValidationError(
                    self.env._(
                        "“%(step)s” of “%(plan)s”: only plans on leads have steps for"
                        " the owner of the lead and steps that send an email, by a"
                        " template for leads.",
                        step=template.summary or template.activity_type_id.name,
                        plan=template.plan_id.name,
                    )
                )

    def _determine_responsible(self, on_demand_responsible, applied_on_record):
        if self.responsible_type != OWNER:
            return super()._determine_responsible(
                on_demand_responsible, applied_on_record
            )
        # Of a lead that nobody has, the activity is nobody's until somebody has it.
        is_lead = applied_on_record._name == "crm.lead"
        owner = applied_on_record.user_id if is_lead else self.env["res.users"]
        return {"responsible": owner, "error": False, "warning": False}

    def _get_date_deadline(self, base_date=False):
        if working := self.env.context.get(WORKING_TIME):
            day = base_date or fields.Date.context_today(self)
            return working.get_day(self._get_due_moment(working, day))
        return super()._get_date_deadline(base_date)

    def _get_due_moment(self, working, day):
        """Return when the step is due in a plan, not before now.

        :param day: that of the plan; it begins with the first working day from there
        """
        now = fields.Datetime.now()

        def begin(day):
            moment = max(now, working.get_midnight(day))
            # Who never works again has no plan that can't be started.
            return working.add(moment, 0) or moment

        base = begin(day)
        if self.delay_from == "after_plan_date" and self.delay_unit == "days":
            moment = working.add_days(base, self.delay_count)
            return moment or base + min(self.delay_count, HORIZON) * DAY
        # Without the context that would ask here again
        plain = self.with_context(**{WORKING_TIME: None})
        is_before = self.delay_from == "before_plan_date"
        return begin(
            plain._get_date_deadline(day if is_before else working.get_day(base))
        )

    def _prepare_step(self, number, asked_user):
        """Return the values of the step of a lead's plan, without when it is due.

        :param asked_user: whose it is if it asks for that; the owner's if empty
        """
        responsible = {"other": self.responsible_id, "on_demand": asked_user}
        return {
            "number": number,
            "template_id": self.id,
            "name": self.summary,
            "note": self.note,
            "activity_type_id": self.activity_type_id.id,
            "mail_template_id": self.mail_template_id.id,
            "is_mail": bool(self.mail_template_id),
            "user_id": responsible.get(self.responsible_type, asked_user.browse()).id,
        }
