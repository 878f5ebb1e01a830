from odoo import api, fields, models

from .crm_lead_open.newcomer import WAYS


class ResConfigSettings(models.TransientModel):
    """What happens when somebody comes in of whom a lead is open already."""

    _inherit = "res.config.settings"

    lead_open_lead_form = fields.Selection(
        [("off", "Do nothing"), ("tell", "Show the open lead")],
        "Typed by hand",
        default="tell",
        required=True,
        config_parameter="lead_management.open_lead_form",
        help="Whether the form of a lead and the box on the home page show open leads"
        " of the same person or company",
    )
    lead_open_lead_visitor = fields.Selection(
        "_get_open_lead_choices",
        "Web forms",
        default="tell",
        required=True,
        config_parameter="lead_management.open_lead_visitor",
        help="What happens when somebody of whom a lead is open sends a web form",
    )
    lead_open_lead_mail = fields.Selection(
        "_get_open_lead_choices",
        "Incoming email",
        default="tell",
        required=True,
        config_parameter="lead_management.open_lead_mail",
        help="What happens when somebody of whom a lead is open sends an email",
    )

    lead_open_lead_import = fields.Selection(
        [
            ("off", "Do nothing"),
            ("tell", "Show the open lead, and skip the row"),
            ("add", "Show the open lead, and add to it when certain"),
        ],
        "Imported files",
        default="tell",
        required=True,
        config_parameter="lead_management.open_lead_import",
        help="What the screen of an import proposes for rows of people of whom a lead"
        " is open. It can be changed there for each of them.",
    )
    lead_open_lead_api = fields.Selection(
        "_get_open_lead_choices",
        "Programs (API)",
        default="tell",
        required=True,
        config_parameter="lead_management.open_lead_api",
        help="What happens when a program creates a lead of somebody of whom one is"
        " open. If it is added, the program gets the open lead, which it has to be"
        " allowed to change.",
    )
    lead_open_lead_convert = fields.Selection(
        [("off", "Do nothing"), ("tell", "Show the open leads")],
        "Conversion",
        default="tell",
        required=True,
        config_parameter="lead_management.open_lead_convert",
        help="Whether the dialog that converts a lead shows other open leads and"
        " opportunities of the same person or company",
    )

    def _get_open_lead_choices(self):
        choices = {
            "off": self.env._("New lead, nothing is said"),
            "tell": self.env._("New lead, its form shows the open one"),
            "add": self.env._("Add to the open lead when certain"),
        }
        return list(choices.items())

    @api.model
    def get_values(self):
        # As they are used: a text that is no choice would keep the page from being
        # opened.
        policy = self.env["crm.lead"]._get_open_lead_policy
        return {
            **super().get_values(),
            **{f"lead_open_lead_{way}": policy(way) for way in WAYS},
        }
