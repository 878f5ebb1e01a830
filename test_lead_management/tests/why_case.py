from contextlib import contextmanager

from odoo.tools import SQL

# What is decided by itself: the field, and the kinds of decision that account for it
DECIDED = {
    "stars": {"stars"},
    "status_id": {"status"},
    "user_id": {"owner", "queue"},
    "queue_id": {"owner", "queue"},
    "recycle_date": {"recycling", "status"},
    "score_fit": {"fit"},
    "response_policy_id": {"response"},
    "response_due": {"response"},
    "plan_run_id": {"plan"},
}
# What is worked out whenever somebody asks why
TOLD_AGAIN = {"score_engagement": "engagement", "bant_score": "score"}
# What repeats, counts or times a change of those above, or what somebody did, and
# decides nothing: a new column is in none of these lists until somebody has thought of
# who will ask why.
FOLLOWING = {
    *("write_date", "write_uid", "is_unread", "date_last_touch", "date_first_touch"),
    # the status and what goes with it; native's words for it
    *("date_status_update", "status_seconds", "status_before_id", "recycle_reason"),
    *(
        "active",
        "won_status",
        "probability",
        "automated_probability",
        "is_automated_probability",
    ),
    *(
        "stage_id",
        "date_last_stage_update",
        "date_closed",
        "day_close",
        "lost_reason_id",
    ),
    *(
        "type",
        "date_conversion",
        "duration_tracking",
        "prorated_revenue",
        "expected_revenue",
    ),
    # the owner, the queue, and how they got it
    *("team_id", "date_open", "day_open", "assignment_entry_id", "company_id"),
    *("queue_date", "last_queue_id", "assignment_date"),
    # who had it before, and who gave stars by hand
    *("queue_last_user_id", "stars_manual"),
    # reminders that were sent
    *("neglect_level",),
    # the clock behind the time of an answer
    *("response_state", "response_started", "response_next", "response_used"),
    *("response_done", "response_answered", "response_minutes", "response_user_id"),
}
# Somebody else's addon, which stands for all of them where leads are lived with
OTHERS = "lead_neighbour"


class WhyCase:
    """Watch what changes by itself: each column of the leads."""

    def _get_columns(self, leads):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env.execute_query_dict(
            SQL("SELECT * FROM crm_lead WHERE id = ANY(%s)", leads.ids)
        )
        return {row["id"]: row for row in rows}

    @contextmanager
    def decided(self, leads, asked=(), expected=()):
        """Check that what changes meanwhile has its reason, but for what was asked for;
        and that what is expected to change does."""
        decisions = self.env["crm.lead.decision"].with_context(active_test=False)
        decisions.sudo()._save_noted()
        last_id = decisions.search([], limit=1).id or 0
        before = self._get_columns(leads)
        yield
        decisions.sudo()._save_noted()
        after = self._get_columns(leads)
        kinds_by_lead = {lead_id: set() for lead_id in after}
        for decision in decisions.search(
            [("id", ">", last_id), ("lead_id", "in", list(after))]
        ):
            kinds_by_lead[decision.lead_id.id].add(decision.kind)
            self.assertTrue(decision.reason, (decision.kind, decision.code))
        changed, unknown = set(), set()
        for lead in leads.browse(after):
            for name, value in after[lead.id].items():
                if value == before[lead.id][name] or self._is_of_others(lead, name):
                    continue
                changed.add(name)
                if name in asked or name in FOLLOWING:
                    continue
                if name not in DECIDED.keys() | TOLD_AGAIN.keys():
                    unknown.add(name)
                else:
                    self._check_reason(lead, name, kinds_by_lead[lead.id])
        self.assertFalse(unknown, "They change by themselves: who says why?")
        self.assertLessEqual(set(expected), changed)

    def _is_of_others(self, lead, name):
        """Tell whether a column is of an addon that is neither Odoo's nor ours."""
        return lead._fields[name]._module == OTHERS

    def _check_reason(self, lead, name, kinds):
        if kind := TOLD_AGAIN.get(name):
            self.assertTrue(
                not lead[name] or lead._decide_again(kind),
                f"Nothing says why {name} of {lead.name} is {lead[name]}",
            )
            return
        self.assertTrue(
            kinds & DECIDED[name],
            f"Nothing says why {name} of {lead.name} is {lead[name]}",
        )
