from odoo import api, models, tools
from odoo.exceptions import AccessError

# The context value under which this addon's own code writes system fields for the
# current user; no client can send it.
SYSTEM = object()


class CrmLead(models.Model):
    """Fields that are the system's to write, whatever a client sends.

    `readonly=True` keeps a field from being typed in a form, and no more: an API call
    writes it all the same. What decides who may do what (the import that may be undone,
    the last owner who has to wait) is declared with `system=True`; `create` and `write`
    refuse it unless they run as superuser or by way of `_as_system`.
    """

    _inherit = "crm.lead"

    def _valid_field_parameter(self, field, name):
        return name == "system" or super()._valid_field_parameter(field, name)

    @api.model
    @tools.ormcache()
    def _get_system_fields(self):
        """Return the names of the fields that clients can't write."""
        return frozenset(
            name
            for name, field in self._fields.items()
            if getattr(field, "system", False)
        )

    def _as_system(self):
        """Return the records such that system fields can be written, with no more
        rights on them than the user has."""
        return self.with_context(lead_system=SYSTEM)

    def _may_write_system_fields(self):
        return self.env.su or self.env.context.get("lead_system") is SYSTEM

    def _check_system_fields(self, names):
        """Refuse names of fields that the caller may not write.

        :raise AccessError: names the fields
        """
        refused = names & self._get_system_fields()
        if refused and not self._may_write_system_fields():
            raise AccessError(
                self.env._(
                    "Odoo itself keeps these fields of leads, nobody else can set them:"
                    " %(fields)s.",
                    fields=", ".join(
                        self._fields[name].get_description(self.env, ["string"])[
                            "string"
                        ]
                        for name in sorted(refused)
                    ),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_system_fields(set().union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._check_system_fields(vals.keys())
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        # A client gives defaults by its context, and a user has some of their own.
        system = self._get_system_fields().intersection(fields)
        if not system or self._may_write_system_fields():
            return super().default_get(fields)
        values = super().default_get([name for name in fields if name not in system])
        for name in system:
            if default := self._fields[name].default:
                values[name] = default(self)
        return values

    def _merge_opportunity(self, *args, **kwargs):
        # What survives of the merged leads' system fields is written by native code.
        merging = super(CrmLead, self._as_system())
        return merging._merge_opportunity(*args, **kwargs).with_env(self.env)
