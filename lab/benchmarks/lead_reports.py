"""The reports on leads, beside native's Leads Analysis on the same rows."""

from .benchmark import Comparison
from .side import SALESMAN, rpc

# The reports count opportunities that were leads, too; native's analysis leads only.
NATIVE_DOMAIN = [("type", "=", "lead")]
VALUE = "expected_revenue:sum"


class LeadReport(Comparison):
    """One report; see `lead_pages.Pages`."""

    max_seconds = 1.5
    login = SALESMAN
    repetitions = 15
    warmups = 2
    groupby = ""
    native_groupby = ""
    measures = ("__count",)

    def work(self, env, prepared, index):
        if "crm.lead.report" in env:
            asked = "crm.lead.report", [], self.groupby, self.measures
        else:
            groupby = self.native_groupby or self.groupby
            asked = "crm.lead", NATIVE_DOMAIN, groupby, ("__count", VALUE)
        model, domain, groupby, measures = asked
        rpc(
            *(env, model, "formatted_read_group", domain),
            groupby=[groupby],
            aggregates=list(measures),
        )


class ByCountry(LeadReport):
    name = "pages-country"
    title = "Leads by country"
    groupby = "country_id"


class ByIndustry(LeadReport):
    name = "pages-industry"
    title = "Leads by industry"
    groupby = "industry_id"
    native_groupby = "country_id"


class BySource(LeadReport):
    name = "pages-source"
    title = "Source effectiveness"
    groupby = "source_id"
    measures = (
        *("__count", "converted_count:sum", "conversion_rate:avg", "won_count:sum"),
        *("expected_revenue:sum", "won_revenue:sum", "cost:sum"),
    )


class Funnel(LeadReport):
    name = "pages-funnel"
    title = "Status funnel"
    groupby = "status_id"
    native_groupby = "stage_id"


class ConversionTime(LeadReport):
    name = "pages-time"
    title = "Conversion time"
    groupby = "date_conversion:month"
    native_groupby = "create_date:month"
    measures = ("__count", "days_to_convert:avg")


class Salesperson(LeadReport):
    name = "pages-salesperson"
    title = "Salesperson activity"
    groupby = "user_id"
    measures = (
        *("__count", "open_count:sum", "touched_count:sum", "activity_count:sum"),
        *("hours_to_first_touch:avg", "converted_count:sum", "won_count:sum"),
    )


class BySourceList(LeadReport):
    """The list of the one-click report, grouped by source."""

    name = "pages-by-source"
    title = "Leads By Source"
    groupby = "source_id"
    measures = (
        *("__count", "age:avg", "converted_count:sum", "won_count:sum"),
        "expected_revenue:sum",
    )


REPORTS = (
    *(BySourceList, BySource, ByCountry, ByIndustry),
    *(Funnel, ConversionTime, Salesperson),
)
