from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


class CallCase(TestLeadManagementCommon):
    """A lead with a number, of the salesman who calls, and the outcomes that there are
    from the start."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead_own.write(
            {"status_id": cls.status_assigned.id, "phone": "+1 202 555 0134"}
        )
        # As somebody else would have left it
        cls.env.flush_all()
        cls.env.cr.execute(
            """
            UPDATE crm_lead
               SET date_last_touch = '2026-01-05 08:00:00', date_first_touch = NULL
             WHERE id = %s
            """,
            [cls.lead_own.id],
        )
        cls.env.invalidate_all()
        for kind in (
            "reached",
            "not_reached",
            "voicemail",
            "call_back",
            "wrong_number",
        ):
            outcome = cls.env.ref(f"lead_management_call.crm_lead_call_outcome_{kind}")
            setattr(cls, kind, outcome)

    def _open(self, lead=None, user=None, **context):
        """Open the dialog as a client does, and return it."""
        lead = (lead or self.lead_own).with_user(user or self.user_sales_salesman)
        action = lead.action_log_call()
        return (
            self.env[action["res_model"]]
            .with_user(lead.env.user)
            .with_context(**action["context"], **context)
        )

    def _log(self, outcome, lead=None, user=None, **values):
        """Log a call, and return it."""
        wizard = self._open(lead, user).create({"outcome_id": outcome.id, **values})
        wizard.action_log()
        call = self.env["crm.lead.call"].search([], order="id desc", limit=1)
        return call.with_user(wizard.env.user)

    def _get_activities(self, lead=None):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "crm.lead"),
                ("res_id", "=", (lead or self.lead_own).id),
            ]
        )
