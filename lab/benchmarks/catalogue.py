"""All benchmarks by the names by which `./dev bench NAME…` runs them."""

from . import (
    account_match,
    assignment,
    bulk,
    claim,
    conversion,
    lead_file,
    lead_pages,
    lead_record,
    nightly,
    simulation,
)
from .benchmark import Benchmark

BENCHMARKS: dict[str, type[Benchmark]] = {
    benchmark.name: benchmark
    for benchmark in (
        lead_record.CreateBatch,
        lead_record.ImportBatch,
        lead_file.TestFile,
        lead_file.ImportFile,
        lead_record.OpenForm,
        lead_record.OpenList,
        account_match.FillKeys,
        account_match.CheckOne,
        account_match.CheckBatch,
        account_match.CreatePartners,
        assignment.Assign,
        assignment.AssignKnown,
        simulation.Simulate,
        bulk.BulkUpdate,
        bulk.BulkUpdateAtOnce,
        bulk.BulkUpdatePlain,
        conversion.ConvertOne,
        conversion.ConvertMany,
        lead_pages.Pages,
        # those that commit
        claim.Claim,
        nightly.Nightly,
    )
}
