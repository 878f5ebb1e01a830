from odoo import api, models
from odoo.exceptions import UserError


class LeadPicklistMixin(models.AbstractModel):
    """Options that an admin adds, renames, orders, archives and deletes.

    An option in use can't be deleted: the reports of last year still need it. The
    refusal counts the records that use it and points at archiving, which takes the
    option out of the lists people choose from and leaves the records alone. Where the
    records are of one option for ever (`_is_replaceable` is false), archiving is the
    only way on.

    `_picklist_order` is the order in which options of a lead are chosen, for models
    that belong to others too and keep their own order everywhere else. Fields of leads
    ask for it with `picklist_order` in their context.
    """

    _name = "lead.picklist.mixin"
    _description = "Option of a lead picklist"
    _picklist_order = None
    _is_replaceable = True

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        if self.env.context.get("picklist_order"):
            order = order or self._picklist_order
        return super().search_fetch(domain, field_names, offset, limit, order)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Refuse to delete options that records use."""
        used = {}
        for model_name, field_name in self._get_usage_fields():
            model = self.env[model_name].sudo().with_context(active_test=False)
            for option, count in model._read_group(
                [(field_name, "in", self.ids)], [field_name], ["__count"]
            ):
                used.setdefault(option.id, []).append(
                    f"{count} × {self.env['ir.model']._get(model_name).name}"
                )
        if not used:
            return
        option = self.browse(next(iter(used)))
        names = {"option": option.display_name, "usage": ", ".join(used[option.id])}
        if not self._is_replaceable:
            text = self.env._(
                "“%(option)s” is in use (%(usage)s) and can't be deleted. Archive it"
                " instead.",
                **names,
            )
        else:
            text = self.env._(
                "“%(option)s” is in use (%(usage)s) and can't be deleted. Archive it"
                " to take it off the list, or give those records another value first.",
                **names,
            )
        raise UserError(text)

    def _get_usage_fields(self):
        """Return the `(model, many2one field)` pairs that may point at an option."""
        return []
