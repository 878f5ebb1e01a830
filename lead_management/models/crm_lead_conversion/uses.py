from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

# Records that point at an account without anybody having used it: what Odoo keeps
# around every record, what the conversion itself writes, and what only compares
# accounts.
TECHNICAL_MODELS = (
    "mail.",
    "ir.",
    "bus.",
    "discuss.",
    "res.users.",
    "calendar.attendee",
    "crm.account.duplicate",
    "crm.lead.conversion",
    "crm.lead.campaign.member",
)
TECHNICAL_FIELDS = {
    ("res.partner", "not_duplicate_ids"),
    ("res.partner.category", "partner_ids"),  # the tags of the contact itself
}
# A lead has meetings too: they stay with it.
KEPT_BY_LEADS = {"calendar.event"}


class CrmLeadConversion(models.Model):
    """Whether what a conversion created is used by something else.

    No app is named here: every field of every model that can point at a record is
    asked, so that orders, invoices, tasks and tickets count wherever they are
    installed. These are stored links to one or many records, computed ones too if
    people can edit them (the customer of a task), and references whose model is a value
    of its own (the record of a document). Values that only follow others don't count.
    """

    _inherit = "crm.lead.conversion"

    def _get_uses(self):
        """Return why what the conversion made can't be taken away, as sentences."""
        self.ensure_one()
        created = [
            record for records in self._get_created().values() for record in records
        ]
        used = list(created)
        if self.opportunity_id == self.lead_id:
            used.append(self.lead_id)
        edited = list(created)
        if self.target == "opportunity":
            edited.append(self.opportunity_id)
        return [
            self.env._(
                "%(record)s is used by %(count)s × %(model)s",
                record=record.display_name,
                count=count,
                model=self.env["ir.model"]._get(model_name).name,
            )
            for record in used
            for model_name, count in self._count_references(record).items()
        ] + [
            self.env._(
                "%(user)s has edited %(record)s since",
                user=record.write_uid.name,
                record=record.display_name,
            )
            for record in edited
            if self._is_edited_by_others(record)
        ]

    def _is_edited_by_others(self, record):
        return (
            record.write_date > self.date + timedelta(seconds=1)
            and record.write_uid != self.user_id
            and record.write_uid.id != api.SUPERUSER_ID
        )

    def _count_references(self, record):
        """Count the records that use one of the conversion's result.

        :return: the number of records by model name, for models that have some
        """
        own = self._get_own_references()
        counts = {}
        for model_name, domains in self._get_reference_domains(record).items():
            if record == self.lead_id and model_name in KEPT_BY_LEADS:
                continue
            model = self.env[model_name].with_context(active_test=False)
            using = Domain.OR(
                domain
                & Domain("id", "not in", own[model_name, None] | own[model_name, name])
                for name, domain in domains.items()
            )
            if count := model.search_count(using):
                counts[model_name] = count
        return counts

    def _get_own_references(self):
        """Return the ids of the records whose references are the conversion's own.

        :return: sets of ids by model name and field name; None for all fields
        :rtype: dict
        """
        own = defaultdict(set)
        own["crm.lead", None] = {self.lead_id.id, self.opportunity_id.id}
        for model_name, record_id in self.created or ():
            own[model_name, None].add(record_id)
        # such as the primary contact of an account that was there
        for model_name, record_id, name, *_values in self.filled or ():
            own[model_name, name].add(record_id)
        for model_name, record_id in self.moved or ():
            # a meeting that got the contact is named after its attendees
            name = (
                "calendar.event" if model_name.startswith("calendar.") else model_name
            )
            own[name, None].add(record_id)
        return own

    @api.model
    def _get_reference_domains(self, record):
        """Return how the records of any model are found that point at a record.

        :return: domains by the name of the field, by the name of the model
        :rtype: dict
        """
        found = {}
        for model in self.env.values():
            if (
                model._abstract
                or model._transient
                or not model._auto
                or model._name.startswith(TECHNICAL_MODELS)
            ):
                continue
            domains = {
                name: domain
                for name, field in model._fields.items()
                if self._is_link(field)
                and (domain := self._get_reference_domain(field, record))
            }
            if domains:
                found[model._name] = domains
        return found

    @api.model
    def _is_link(self, field):
        """Tell whether a field holds a link that somebody has made."""
        return (
            field.store
            and not field.related
            and (not field.compute or not field.readonly)
            and (field.model_name, field.name) not in TECHNICAL_FIELDS
        )

    @api.model
    def _get_reference_domain(self, field, record):
        """Return the domain of what points at a record by a field, None if it can't."""
        if field.type in ("many2one", "many2many"):
            if field.comodel_name == record._name:
                return Domain(field.name, "=", record.id)
        elif field.type == "many2one_reference":
            if field.model_field:
                is_of_model = Domain(field.model_field, "=", record._name)
                return is_of_model & Domain(field.name, "=", record.id)
        elif field.type == "reference":
            return Domain(field.name, "=", f"{record._name},{record.id}")
        return None
