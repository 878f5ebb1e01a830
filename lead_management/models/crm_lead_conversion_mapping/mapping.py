from odoo import api, fields, models
from odoo.exceptions import ValidationError

RECORDS = [
    ("account", "Account"),
    ("contact", "Contact"),
    ("opportunity", "Opportunity"),
]
# What of a line says between which fields a value is converted
CONVERTED = (
    *("record_name", "field_name", "source", "lead_field_name", "else_field_name"),
)


class CrmLeadConversionMapping(models.Model):
    """What a field of an account, contact or opportunity gets when a lead is converted.

    SPECIFICATION

    A line is about one field of one record. It gets what a field of the lead says,
    else what a second one says; or the same for all leads; or nothing. One field of the
    lead may go to many, and a field has one line. A line of a company replaces, for
    leads of that company, the one for all companies.

    What can become what is said in `tools/field_conversion.py`: values of one type are
    copied, others need a conversion.

    On a record that is created, all lines apply. On one that exists, a line fills what
    is blank, replaces what is there, or leaves it. The lead that becomes the
    opportunity itself is one that exists; what it says already is left all the same. An
    address is filled as a whole, or not at all. Tags are added.

    A blank value is never written. A line says for an account or a contact that it
    applies only where the other one isn't: the e-mail address is the account's only as
    long as there is no person.

    A line whose field is gone (an app was uninstalled, a field deleted) or has another
    type now is passed over and says why; the others go on. So it is, for whoever may
    not read or write one of its fields.

    Names, companies and the links between the records are not of the mapping.
    """

    _name = "crm.lead.conversion.mapping"
    _description = "Conversion Mapping"
    _inherit = ["lead.guard.mixin", "lead.cached.mixin"]
    _order = "record_name, id"
    _rec_name = "field_label"

    record_name = fields.Selection(
        RECORDS, "Record", required=True, help="The record that gets the value"
    )
    # Names, so that a line outlives its field, and can be exported and imported.
    field_name = fields.Char("Field", required=True, help="The field that gets it")
    source = fields.Selection(
        [
            ("field", "A field of the lead"),
            ("constant", "The same for all leads"),
            ("nothing", "Nothing"),
        ],
        "Value",
        required=True,
        default="field",
        help="“Nothing” keeps a company from what applies to all others",
    )
    lead_field_name = fields.Char("Lead Field")
    else_field_name = fields.Char(
        "Otherwise", help="Another field of the lead, where that one is blank"
    )
    constant = fields.Char(
        "Fixed Value",
        help="A text, a number such as 1234.5, a day such as 2030-12-31, “yes”, an"
        " option, or the names of records, separated by commas, or by semicolons where"
        " a name has a comma",
    )
    # Of who typed the fixed value, whoever copies the line
    constant_lang = fields.Char(
        "Language",
        compute="_compute_constant_lang",
        store=True,
        precompute=True,
        readonly=False,
    )
    conversion = fields.Selection(
        [
            ("copy", "As it is"),
            ("text", "As text"),
            ("code", "Its code"),
            ("number", "As a number"),
            ("date", "As a date"),
            ("email", "Email address only"),
            ("tags", "Tags of the same names"),
        ],
        compute="_compute_conversion",
        store=True,
        readonly=False,
        help="What becomes of the value on its way",
    )
    existing = fields.Selection(
        [
            ("blank", "Only if blank"),
            ("replace", "Replace what is there"),
            ("keep", "Leave it"),
        ],
        "On Existing Records",
        required=True,
        default="blank",
        help="New records get every value",
    )
    is_alone = fields.Boolean(
        "Only If Created Alone",
        help="The account gets it only if there is no contact, and the contact only if"
        " there is no account",
    )
    active = fields.Boolean(default=True, help="An archived line gives nothing")
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Only for leads of this company, in place of the line for all. Leave it"
        " empty for leads of every company and leads without one.",
    )
    field_label = fields.Char(compute="_compute_labels")
    value_label = fields.Char("From", compute="_compute_labels")
    problem = fields.Text(
        compute="_compute_problem",
        search="_search_problem",
        help="Why the line is skipped",
    )
    # What can be chosen
    target_model = fields.Char(compute="_compute_target_model")
    target_names = fields.Json(compute="_compute_target_model")
    lead_model = fields.Char(compute="_compute_target_model")
    lead_names = fields.Json(compute="_compute_target_model")

    @api.depends(*CONVERTED)
    def _compute_conversion(self):
        for line in self:
            possible = line._get_conversions()
            if line.conversion not in possible:
                line.conversion = next(iter(possible), False)

    @api.depends("constant")
    def _compute_constant_lang(self):
        for line in self:
            line.constant_lang = self.env.lang or line.write_uid.lang

    @api.depends("record_name", "field_name", "source", "lead_field_name", "constant")
    @api.depends_context("lang")
    def _compute_labels(self):
        for line in self:
            line.field_label = line._get_label(line.target_model, line.field_name)
            if line.source == "constant":
                line.value_label = f"“{line.constant or ''}”"
            elif line.source == "nothing":
                line.value_label = self.env._("Nothing")
            else:
                names = filter(None, (line.lead_field_name, line.else_field_name))
                line.value_label = self.env._(", otherwise ").join(
                    line._get_label("crm.lead", name) for name in names
                )

    @api.depends("record_name")
    def _compute_target_model(self):
        names = sorted(self._get_lead_fields())
        for line in self:
            line.target_model = line._get_target_model()
            line.target_names = sorted(line._get_target_fields(line.record_name))
            line.lead_model = "crm.lead"
            line.lead_names = names

    @api.depends(*CONVERTED, "constant", "conversion")
    @api.depends_context("lang")
    def _compute_problem(self):
        for line in self:
            line.problem = line._get_problem()

    def _search_problem(self, operator, value):
        if operator != "in" or set(value) != {False}:
            return NotImplemented
        sound = self.search([]).filtered(lambda line: not line.problem)
        return [("id", "in", sound.ids)]

    @api.constrains(*CONVERTED, "constant", "conversion")
    def _check_problem(self):
        """Refuse a line that can't work."""
        for line in self:
            if problem := line._get_problem():
                raise ValidationError(problem)

    @api.constrains("record_name", "field_name", "company_id", "active")
    def _check_one_line(self):
        """Refuse a second line for a field."""
        for line in self.filtered("active"):
            other = self.sudo().search(
                [
                    ("record_name", "=", line.record_name),
                    ("field_name", "=", line.field_name),
                    ("company_id", "=", line.company_id.id),
                    ("id", "!=", line.id),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(field)s gets %(value)s already, by another line. A field"
                        " has one source: change that line, or archive it.",
                        field=line._get_target_label(),
                        value=other.value_label,
                    )
                )

    def copy_data(self, default=None):
        # The copy is for another field or company; till then it gives nothing.
        return [
            {**values, "active": False, **(default or {})}
            for values in super().copy_data(default)
        ]

    def action_try(self):
        """Open what the mapping would have written differently in the last conversions.

        :raise AccessError: the user may not change the mapping
        """
        self.check_access("write")
        trials = self.env["crm.lead.conversion.trial"]
        trial = trials.create(trials._prepare_trial())
        return trial._get_records_action(
            name=self.env._("Try the mapping"), target="new", context={}
        )
