from odoo.addons.website.controllers import form


class WebsiteForm(form.WebsiteForm):
    def insert_record(self, request, model_sudo, values, custom, meta=None):
        """Ask the assignment rules about a lead before the owner that the website gives
        it, if the rule says so."""
        leads = request.env["crm.lead"].sudo()
        companies = request.env["res.company"].sudo()
        if (
            model_sudo.model != leads._name
            or values.get("type") != "lead"
            or not leads._is_door_open(
                "assign_website",
                companies.browse(values.get("company_id"))
                or request.website.company_id,
            )
        ):
            return super().insert_record(request, model_sudo, values, custom, meta=meta)
        lead_id = super().insert_record(
            request, model_sudo, {**values, "user_id": False}, custom, meta=meta
        )
        left = leads.browse(lead_id)._assign_at_door("assign_website")
        if left and values.get("user_id"):
            left.user_id = values["user_id"]
        return lead_id
