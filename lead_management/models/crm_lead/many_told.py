from odoo import api, models

from ..mail_followers import NEW_FOLLOWERS, NewFollowers


class CrmLead(models.Model):
    """Who is told of many leads that are made in one call. Native looks for the
    followers of each, which kind of message tells of it, and for the domain of its
    alias; here, all that is the same is looked up once. The message of each is still
    posted by itself."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        if len(vals_list) < 2 or self.env.context.get("tracking_disable"):
            return super().create(vals_list)
        new = NewFollowers(self)
        together = self.with_context(**{NEW_FOLLOWERS: new})
        leads = super(CrmLead, together).create(vals_list)
        new.insert()
        return leads.with_env(self.env)

    def message_post(self, **kwargs):
        return super(CrmLead, self._with_followers()).message_post(**kwargs)

    def _message_auto_subscribe_notify(self, partner_ids, template):
        leads = self._with_followers()
        return super(CrmLead, leads)._message_auto_subscribe_notify(
            partner_ids, template
        )

    def _with_followers(self):
        """Return the leads once those follow them who are to be told."""
        new = self.env.context.get(NEW_FOLLOWERS)
        if not isinstance(new, NewFollowers):
            return self
        new.insert()
        return self.with_context(**{NEW_FOLLOWERS: None})

    def _creation_subtype(self):
        find = super()._creation_subtype
        if not self._is_answer_of(find, "odoo.addons.crm.models.crm_lead"):
            return find()
        found = self._get_found_teams()
        subtype_id = found.once(("subtype", self.env.su), lambda: find().id)
        return self.env["mail.message.subtype"].browse(subtype_id)

    def _mail_get_alias_domains(self, default_company=False):
        find = super()._mail_get_alias_domains
        if not self._is_answer_of(find, "odoo.addons.mail.models.models"):
            return find(default_company)
        company = self.company_id or default_company or self.env.company
        asked = "alias_domain", self.env.su, company, default_company, self.env.company
        found = self._get_found_teams()
        domain_id = found.once(asked, lambda: find(default_company)[self.id].id)
        return {self.id: self.env["mail.alias.domain"].browse(domain_id)}

    def _is_answer_of(self, method, module):
        """Tell whether it is native's own method that answers for this lead, so that
        its answer holds for others that are made in the same call."""
        return (
            len(self) == 1
            and self._get_found_teams() is not None
            and method.__func__.__module__ == module
        )
