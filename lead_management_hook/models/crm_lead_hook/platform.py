from odoo import models

from odoo.addons.lead_management_capture.tools.capture_body import BodyError

from ...tools import payload


class CrmLeadHook(models.Model):
    """What may be different at a platform. Extend each for one."""

    _inherit = "crm.lead.hook"

    def _get_ready_paths(self):
        """Return what the values of the platform become: keys of questions, or
        `FULL_NAME`, by path. Extend for a platform."""
        return {}

    def _get_ready_touches(self):
        """Return by path what tells where a lead comes from, as a form's inputs do.
        Extend for a platform."""
        return {}

    def _answer_challenge(self, query):
        """Return what the platform reads when it asks whether the address is ours: a
        text and its content type, or nothing for whoever asks otherwise. Extend for a
        platform."""
        return

    def _is_signed(self, data, headers):
        """Tell whether a call is signed as the platform signs its calls, if it does.
        Extend for a platform."""
        return True

    def _split(self, data):
        """Return the bodies of which a body consists: one, if there is no more than one
        lead in it. Extend for a platform.

        :raise BodyError: it can't be read
        """
        return [data]

    def _is_asked(self):
        """Tell whether calls only tell that there is a lead, and the platform is asked
        what it says. Extend for a platform."""
        return False

    def _ask(self, body):
        """Return what the platform says of the lead that a call tells of, as JSON.
        Extend for a platform.

        :raise requests.RequestException: nobody answered, or a server failed
        :raise ValueError: the platform refuses; says why
        """
        raise NotImplementedError

    def _read_lead_id(self, body, path, pattern):
        """Return what a call names the lead by.

        :param str path: where it stands in it
        :param re.Pattern pattern: what it must look like
        :raise ValueError: it names none
        """
        try:
            lead_id = payload.flatten(payload.read(body))[path]
        except (BodyError, KeyError):
            lead_id = ""
        if not pattern.fullmatch(lead_id):
            raise ValueError(self.env._("The call names no lead."))
        return lead_id

    def _find_refusal(self, values):
        """Return why a call that could be read waits, or nothing. Extend for a
        platform."""
        return

    def _is_test(self, values):
        """Tell whether a call is only to try the address. Extend for a platform."""
        return False
