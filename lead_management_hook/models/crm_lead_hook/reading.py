from odoo import models

from odoo.addons.lead_management.tools import person_name
from odoo.addons.lead_management_capture.tools import capture_fields

NO = frozenset({"", "0", "false", "no", "n", "off"})


class CrmLeadHook(models.Model):
    """What the values of a call are as answers to the form."""

    _inherit = "crm.lead.hook"

    def _read_inputs(self, values):
        """Return the inputs of the form that the values of a call fill.

        The first value of an input counts. A further one, as of a second phone number,
        goes to the message, and so does what the lines send there; where the form asks
        for no message it is left out, and said.

        :return: texts by the names of the inputs, and what was left out
        """
        self.ensure_one()
        asked = self.form_id.field_ids.filtered(lambda field: not field.is_constant)
        questions = {field.key: field for field in asked}
        nobody = asked.browse()
        inputs, told = {}, {}

        def put(question, text, path):
            if question in asked and question.name not in inputs:
                inputs[question.name] = text
            elif question not in asked or inputs[question.name] != text:
                told[path] = text

        for line in self.line_ids:
            text = values.get(line.path)
            if not text:
                continue
            if line.use == "field":
                put(line.field_id, text, line.path)
            elif line.use == "name":
                first, last = person_name.split(text)
                if first and "first_name" in questions:
                    put(questions["first_name"], first, line.path)
                else:
                    last = text
                put(questions.get("last_name", nobody), last, line.path)
            elif line.use == "consent" and text.strip().lower() not in NO:
                name = capture_fields.consent_name(line.consent_id.id)
                inputs[name] = capture_fields.CONSENT_VALUE
            elif line.use == "message":
                told[line.path] = text
        touches = self._get_ready_touches()
        for path in touches.keys() & values.keys():
            inputs[touches[path]] = values[path]
        left_out = values.keys() - touches.keys()
        left_out -= {line.path for line in self.line_ids}
        if told and (message := questions.get("message")):
            notes = [f"{path}: {text}" for path, text in told.items()]
            before = filter(None, [inputs.get(message.name)])
            inputs[message.name] = "\n".join([*before, *notes])
        else:
            left_out |= told.keys()
        return inputs, sorted(left_out)
