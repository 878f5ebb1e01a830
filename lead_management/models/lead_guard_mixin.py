from odoo import api, models, tools
from odoo.exceptions import AccessError

# The context value under which this addon's own code writes what is guarded for the
# current user; no client can send it.
SYSTEM = object()
OURS = "lead_management"  # addons of the house begin so


class LeadGuardMixin(models.AbstractModel):
    """What a client can't write, whatever it sends and by whichever way.

    `readonly=True` keeps a field from being typed in a form, and no more: an API call
    writes it all the same. And whoever reads a record is told the names of the records
    it links to, also of those that he may not open. So `create` and `write`, the
    defaults of a context and `onchange` refuse, unless they run as superuser or by way
    of `_as_system`:

    * **system fields**: what decides who may do what (the import that may be undone,
      the last owner who has to wait) is declared with `system=True`; so is by itself
      all that is computed, stored and not editable (scores, keys). That holds for the
      fields that this house adds;
    * **links** to records that the user may not read, in the many2one fields that this
      house adds. A link that is there already may be sent again.
    """

    _name = "lead.guard.mixin"
    _description = "Fields that clients can't write"

    def _valid_field_parameter(self, field, name):
        return name == "system" or super()._valid_field_parameter(field, name)

    def _is_field_of_house(self, field):
        is_ours = (field._module or "").startswith(OURS)
        return is_ours and field.name not in models.MAGIC_COLUMNS

    @tools.ormcache()
    def _get_system_fields(self):
        """Return the names of the fields that clients can't write."""
        return frozenset(
            name
            for name, field in self._fields.items()
            if getattr(field, "system", False)
            or (
                self._is_field_of_house(field)
                and (field.compute and field.store and field.readonly)
                and not (field.related or field.inverse)
            )
        )

    @tools.ormcache()
    def _get_guarded_links(self):
        """Return the names of the fields that link to what the user may read."""
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.type == "many2one"
            and self._is_field_of_house(field)
            and not (field.readonly and not field.store)
        )

    def _as_system(self):
        """Return the records such that what is guarded can be written, with no more
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
                    "Odoo itself keeps these fields of “%(model)s”, nobody else can set"
                    " them: %(fields)s.",
                    model=self.env["ir.model"]._get(self._name).name,
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in sorted(refused)
                    ),
                )
            )

    def _check_links(self, vals):
        """Refuse links to records that the caller may not read.

        :raise AccessError: names the field, and not the record
        """
        names = vals.keys() & self._get_guarded_links()
        if not names or self._may_write_system_fields():
            return
        for name in sorted(names):
            linked = self.env[self._fields[name].comodel_name].browse(
                self._get_id_of_link(vals[name])
            )
            if (
                not linked
                or all(record[name] == linked for record in self or [self])
                or linked._filtered_access("read")
            ):
                continue
            raise AccessError(
                self.env._(
                    "%(field)s: you may not open the record %(id)s, so you can't choose"
                    " it. Choose one of the list, or ask your administrator for access"
                    " to it.",
                    field=self._fields[name]._description_string(self.env),
                    id=linked.id,
                )
            )

    def _get_id_of_link(self, value):
        """Return the id of a many2one value as clients send it, or nothing."""
        if isinstance(value, dict):
            value = value.get("id")
        elif isinstance(value, list | tuple):
            value = value[0] if value else False
        elif isinstance(value, models.BaseModel):
            value = value.id
        return value if type(value) is int and value else ()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_system_fields(set().union(*vals_list))
        for vals in vals_list:
            self.browse()._check_links(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_system_fields(vals.keys())
        self._check_links(vals)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        # A client gives defaults by its context, and a user has some of their own.
        if self._may_write_system_fields():
            return super().default_get(fields)
        system = self._get_system_fields().intersection(fields)
        values = super().default_get([name for name in fields if name not in system])
        for name in system:
            if default := self._fields[name].default:
                values[name] = default(self)
        self.browse()._check_links(values)
        return values

    def onchange(self, values, field_names, fields_spec):
        # What is only typed is answered with names as well.
        self._check_links(values)
        return super().onchange(values, field_names, fields_spec)
