"""Conversion: one lead through the wizard, and many at once."""

import json
import random
import time

from .account_match import ensure_filled
from .benchmark import Benchmark, Comparison, Result, Sample
from .client import X2MANY, View
from .side import IMPORTER, SALESMAN, rpc

BATCH = 1_000
# Native looks each lead's duplicates and customer up by itself: of fewer, the time for
# each lead is the same.
NATIVE_BATCH = 100
MASS = "crm.lead2opportunity.partner.mass"
OPEN_LEADS = [
    *(("type", "=", "lead"), ("won_status", "=", "pending")),
    *(("partner_id", "=", False), ("contact_name", "!=", False)),
]


class ConvertOne(Comparison):
    """Converting a lead as a salesperson does: opening the wizard, leaving everything
    as it is proposed, and clicking Convert. Another lead of their own each time."""

    name = "convert"
    title = "Convert a lead in the wizard"
    max_ratio = 0.5
    login = SALESMAN
    repetitions = 30
    warmups = 3

    def prepare(self, env, side):
        ensure_filled(side)
        domain = [*OPEN_LEADS, ("user_id", "=", env.uid)]
        ids = env["crm.lead"].search(domain, order="id").ids
        random.Random("convert").shuffle(ids)
        form = View(env, "crm.lead2opportunity.partner", "form")
        return ids, form.specification(), form.button_context("action_apply")

    def work(self, env, prepared, index):
        ids, specification, button_context = prepared
        lead_id = ids[index % len(ids)]
        wizard = WizardForm(env, "crm.lead2opportunity.partner", specification)
        wizard.open([lead_id])
        wizard.call("action_apply", button_context)


class ConvertMany(Benchmark):
    """Converting many leads at once with the mass wizard as it opens, which merges
    duplicates and links customers: `create` and `action_mass_convert`, and with the
    addon all batches of the bulk job that this starts. The time is that for each lead.
    The chatter is written as for everybody."""

    name = "convert_many"
    title = f"Convert {BATCH:,} leads at once, each"
    max_ratio = 0.5
    max_seconds = 0.008
    repetitions = 3
    counts = (NATIVE_BATCH, BATCH)

    def run(self, native, addon, report):
        ensure_filled(addon)
        samples = {}
        for number, (side, count) in enumerate(
            zip((native, addon), self.counts, strict=True)
        ):
            sample = samples[side.name] = Sample()
            for repetition in range(self.repetitions + 1):
                share = (number * self.repetitions + repetition) / self.repetitions / 2
                report(f"{side.name}, repetition {repetition}", min(share, 1))
                with side.transaction(IMPORTER) as env:
                    seconds, queries = self._convert(env, count)
                if repetition:  # the first one warms up
                    sample.seconds.append(seconds / count)
                    sample.queries.append(round(queries / count, 2))
        return [
            Result(
                self.name,
                self.title,
                samples[addon.name],
                samples[native.name],
                max_ratio=self.max_ratio,
                max_seconds=self.max_seconds,
            )
        ]

    def _convert(self, env, count: int) -> tuple[float, int]:
        ids = env["crm.lead"].search(OPEN_LEADS, order="id").ids
        ids = random.Random("convert").sample(ids, min(count, len(ids)))
        env.invalidate_all()
        context = {"active_model": "crm.lead", "active_id": ids[0], "active_ids": ids}
        queries = env.cr.sql_log_count
        start = time.perf_counter()
        wizard = env[MASS].with_context(**context).create({})
        action = wizard.action_mass_convert()
        if action.get("res_model") == "crm.lead.bulk.job":
            job = env["crm.lead.bulk.job"].browse(action["res_id"])
            for batch in job.sudo().batch_ids:
                batch._do()
            if job.failed_count:
                raise RuntimeError(f"Not converted: {job.failure_ids.mapped('reason')}")
        env.cr.flush()
        return time.perf_counter() - start, env.cr.sql_log_count - queries


class WizardForm:
    """A wizard as the web client works with it: `onchange`, `web_save`, a button."""

    def __init__(self, env, model: str, specification: dict):
        self.env = env
        self.model = model
        self.specification = specification
        self.values = {}
        self.context = {}

    def open(self, lead_ids: list[int]):
        """Ask for what the wizard shows when it opens."""
        self.context = {
            "active_model": "crm.lead",
            "active_id": lead_ids[0],
            "active_ids": lead_ids,
        }
        answer = rpc(
            *(self.env, self.model, "onchange", [], {}, []),
            self.specification,
            context=self.context,
        )
        fields = self.env[self.model]._fields
        for name, value in json.loads(answer)["value"].items():
            self.values[name] = self._to_save(fields[name], value)

    def _to_save(self, field, value):
        if field.type == "many2one" and value:
            return value["id"]
        if field.type in X2MANY:
            return [command for command in value or () if command[0] in (0, 4)]
        return value

    def call(self, method: str, button_context: dict):
        """Save, and click the button that calls a method."""
        saved = rpc(
            *(self.env, self.model, "web_save", [], self.values),
            self.specification,
            context=self.context,
        )
        wizard_id = json.loads(saved)[0]["id"]
        context = {**self.context, **button_context}
        rpc(self.env, self.model, method, [wizard_id], context=context)
