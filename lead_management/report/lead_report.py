from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Nobody reads a longer list on paper; what is left out is counted.
MAX_ROWS = 500


class LeadReport(models.AbstractModel):
    """The one-click reports as pages: to be printed, and to be sent by e-mail.

    Each kind names the model it counts and its values; another addon adds a kind by
    extending `_get_kinds`. The filters of the screen are a domain on that model.
    """

    _name = "report.lead_management.lead_report"
    _description = "Printed Lead Report"

    def _get_kinds(self):
        """Return `(model name, method that gives the values)` by kind of report."""
        return {
            "neglected": ("crm.lead", self._get_neglected_values),
            "source": ("crm.lead.report", self._get_source_values),
        }

    def _get_base_domain(self, kind):
        """Return what a kind of report is about, before any filter."""
        return Domain("is_neglected", "=", True) if kind == "neglected" else Domain.TRUE

    @api.model
    @api.readonly
    def action_print(self, kind, domain=None, filters=None):
        """Return the action that prints a report.

        :param str kind: which one, `neglected` or `source`
        :param list domain: the filters on the screen
        :param list filters: the same in words
        :raise UserError: there is no such report, or the filters can't be used
        """
        self._parse_options(kind, domain)
        return self.env.ref("lead_management.lead_report_action_print").report_action(
            None,
            data={"kind": kind, "domain": domain or [], "filters": filters or []},
            config=False,
        )

    def _get_report_values(self, docids, data=None):
        """Return what the templates need, as the current user may see it.

        :param data: `kind`, the name of the report; `domain`, the filters in addition
            to what the report is about; `filters`, the same in words
        :raise UserError: there is no such report, or the filters can't be used
        """
        data = data or {}
        kind = data.get("kind")
        get_values, domain = self._parse_options(kind, data.get("domain"))
        report = self.env["crm.lead.report.schedule"]._fields["report"]
        titles = dict(report._description_selection(self.env))
        return {
            "doc_ids": docids,
            "kind": kind,
            "title": titles[kind],
            "filters": data.get("filters") or [],
            "company": self.env.company,
            "user": self.env.user,
            **get_values(domain),
        }

    def _parse_options(self, kind, domain):
        """Return the method that gives a report's values, and its filters."""
        if kind not in self._get_kinds():
            raise UserError(
                self.env._(
                    "There is no lead report “%s”: open one from the menu Reporting.",
                    kind,
                )
            )
        model_name, get_values = self._get_kinds()[kind]
        try:
            domain = Domain(domain or [])
            domain.validate(self.env[model_name])
        except (ValueError, TypeError) as error:
            raise UserError(
                self.env._("The filters can't be used: %s", error)
            ) from error
        return get_values, domain

    def _get_neglected_values(self, domain):
        leads = self.env["crm.lead"]
        domain &= self._get_base_domain("neglected")
        shown = leads.search(domain, order="date_last_touch, id", limit=MAX_ROWS)
        total = len(shown)
        if total == MAX_ROWS:
            total = leads.search_count(domain)
        return {"leads": shown, "total": total, "left_out": total - len(shown)}

    def _get_source_measures(self):
        """Return what is counted of each source: aggregates of the rows of leads, by
        the name that the page knows them by."""
        return {
            "count": "__count",
            "open": "open_count:sum",
            "converted": "converted_count:sum",
            "won": "won_count:sum",
            "value": "expected_revenue:sum_currency",
            "won_value": "won_revenue:sum_currency",
        }

    def _get_source_values(self, domain):
        measures = self._get_source_measures()
        rows = [
            {
                "source": source.display_name or self.env._("No source"),
                **dict(zip(measures, [value or 0 for value in values], strict=True)),
            }
            for source, *values in self.env["crm.lead.report"]._read_group(
                domain, ["source_id"], list(measures.values())
            )
        ]
        rows.sort(key=lambda row: -row["count"])
        total = {name: sum(row[name] for row in rows) for name in measures}
        return {"rows": rows, "total": total}
