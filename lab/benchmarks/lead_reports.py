"""The reports on leads, beside native's Leads Analysis on the same rows."""

from .benchmark import Comparison
from .side import SALESMAN, rpc

# The rows of the reports, as native finds them: what is a lead, or was one.
NATIVE_DOMAIN = ["|", ("type", "=", "lead"), ("date_conversion", "!=", False)]
VALUE = "expected_revenue:sum"


class LeadReport(Comparison):
    """One report; see `lead_pages.Pages`."""

    login = SALESMAN
    repetitions = 15
    warmups = 2
    groupby = ""
    native_groupby = ""
    measures = ("__count",)

    def __init__(self, period: str = ""):
        """:param period: from when on, as domains say it; empty for all time"""
        self.domain = [("create_date", ">=", period)] if period else []
        if period:
            self.title += ", last 12 months"
            self.max_seconds = 0.25
        else:
            self.title += ", all time"
            self.max_ratio = 2

    def work(self, env, prepared, index):
        if "crm.lead.report" in env:
            asked = "crm.lead.report", self.domain, self.groupby, self.measures
            context = {}
        else:
            groupby = self.native_groupby or self.groupby
            domain = [*NATIVE_DOMAIN, *self.domain]
            asked = "crm.lead", domain, groupby, ("__count", VALUE)
            context = {"active_test": False}
        model, domain, groupby, measures = asked
        rpc(
            *(env, model, "formatted_read_group", domain),
            groupby=[groupby],
            aggregates=list(measures),
            context=context,
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


REPORTS = tuple(
    report(period)
    for report in (
        *(BySourceList, BySource, ByCountry, ByIndustry),
        *(Funnel, ConversionTime, Salesperson),
    )
    for period in ("today -12m", "")
)
