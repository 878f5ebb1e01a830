from typing import NamedTuple

from odoo import models
from odoo.tools import ormcache

from odoo.addons.lead_management.tools import person_name
from odoo.addons.lead_management_capture.tools import capture_fields

NO = frozenset({"", "0", "false", "no", "n", "off"})


class Mapping(NamedTuple):
    """What reading a call needs to know of its webhook, kept in memory.

    * `form_token`: of the form that takes it;
    * `names`: of the inputs of some questions of the form, by their keys;
    * `lines`: of each line, its path, its use, and the name of the input that it fills,
      None where the form doesn't ask for it.
    """

    form_token: str
    names: dict
    lines: tuple


class CrmLeadHook(models.Model):
    """What the values of a call are as answers to the form."""

    _name = "crm.lead.hook"
    _inherit = ["crm.lead.hook", "lead.cached.mixin"]

    @ormcache("self.id")
    def _get_mapping(self):
        """Return the `Mapping` of the webhook, which is asked for at each call."""
        hook = self.sudo()
        asked = hook.form_id.field_ids.filtered(lambda field: not field.is_constant)
        lines = []
        for line in hook.line_ids:
            name = None
            if line.use == "field" and line.field_id in asked:
                name = line.field_id.name
            elif line.use == "consent":
                name = capture_fields.consent_name(line.consent_id.id)
            lines.append((line.path, line.use, name))
        return Mapping(
            form_token=hook.form_id.token,
            names={field.key: field.name for field in asked},
            lines=tuple(lines),
        )

    def _read_inputs(self, values):
        """Return the inputs of the form that the values of a call fill.

        The first value of an input counts. A further one, as of a second phone number,
        goes to the message, and so does what the lines send there; where the form asks
        for no message it is left out, and said.

        :return: texts by the names of the inputs, and what was left out
        """
        self.ensure_one()
        mapping = self._get_mapping()
        inputs, told = {}, {}

        def put(name, text, path):
            if name and name not in inputs:
                inputs[name] = text
            elif not name or inputs[name] != text:
                told[path] = text

        for path, use, name in mapping.lines:
            text = values.get(path)
            if not text:
                continue
            if use == "field":
                put(name, text, path)
            elif use == "name":
                first, last = person_name.split(text)
                if first and "first_name" in mapping.names:
                    put(mapping.names["first_name"], first, path)
                else:
                    last = text
                put(mapping.names.get("last_name"), last, path)
            elif use == "consent" and text.strip().lower() not in NO:
                inputs[name] = capture_fields.CONSENT_VALUE
            elif use == "message":
                told[path] = text
        touches = self._get_ready_touches()
        for path in touches.keys() & values.keys():
            inputs[touches[path]] = values[path]
        left_out = values.keys() - touches.keys()
        left_out -= {path for path, _use, _name in mapping.lines}
        if told and (message := mapping.names.get("message")):
            notes = [f"{path}: {text}" for path, text in told.items()]
            before = filter(None, [inputs.get(message)])
            inputs[message] = "\n".join([*before, *notes])
        else:
            left_out |= told.keys()
        return inputs, sorted(left_out)
