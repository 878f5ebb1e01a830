from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class LeadSampleMixin(models.AbstractModel):
    """Records of which a sample can be added, to see what they are like.

    There is one sample in a company at most. It is made when somebody asks for it, in
    their language. Whoever changes it makes it a record of theirs like others; until
    then it can be removed without a trace. A model says by `_prepare_sample` what its
    sample is, and by `_sample_action` where it is listed.
    """

    _name = "lead.sample.mixin"
    _description = "Sample to Look At"
    _inherit = ["lead.guard.mixin"]
    _sample_action = None

    is_sample = fields.Boolean(
        "Sample",
        readonly=True,
        copy=False,
        system=True,
        help="Added to show what it can be like, and not changed by anybody yet",
    )

    def write(self, vals):
        result = super().write(vals)
        if not self._may_write_system_fields():
            self.filtered("is_sample")._as_system().is_sample = False
        return result

    def _prepare_sample(self):
        """Return the values of the sample, in the language of the user."""
        raise NotImplementedError

    def _find_sample(self):
        return self.with_context(active_test=False).search(
            [("is_sample", "=", True), ("company_id", "=", self.env.company.id)],
            limit=1,
        )

    @api.model
    def action_add_sample(self):
        """Open the sample of the current company, which is created if there is none.

        :return: the action that opens its form
        """
        self.browse().check_access("create")
        sample = self._find_sample()
        if not sample:
            self._lock_samples()
            sample = self._as_system().create(
                {
                    **self._prepare_sample(),
                    "is_sample": True,
                    "company_id": self.env.company.id,
                }
            )
        return sample.with_env(self.env)._get_records_action()

    def _lock_samples(self):
        """Have the samples of the current company for the rest of the transaction.

        :raise SerializationFailure: another one had them since this transaction began,
            as after two quick clicks: Odoo tries again, and finds what that has made
        """
        self.env.cr.execute(
            SQL(
                "UPDATE res_company SET write_date = write_date WHERE id = %s",
                self.env.company.id,
            ),
            log_exceptions=False,
        )

    def action_remove_sample(self):
        """Delete samples, and whatever belongs to them.

        :return: the action that lists the others
        :raise UserError: one has been changed, or is in use
        """
        for record in self:
            if not record.is_sample:
                raise UserError(
                    self.env._(
                        "“%s” has been changed and is no sample any more. Delete or"
                        " archive it like any other.",
                        record.display_name,
                    )
                )
        self.unlink()
        action = self.env["ir.actions.act_window"]._for_xml_id(self._sample_action)
        return {**action, "target": "main"}
