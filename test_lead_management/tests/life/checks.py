from hypothesis.stateful import invariant

from odoo.tools import SQL

from odoo.addons.lead_management.models.crm_lead.status import OPEN_CATEGORIES

from .steps import Steps
from .world import CLAIM_LIMIT


class Checks(Steps):
    """What holds after each step:

    1. what anybody typed stands somewhere where people find it, unless a person
       overwrote or deleted it;
    2. an open lead has an open status, a lost one a dead one, one with an entry in the
       ledger is converted, as is a won one; a lead in a queue has no owner;
    3. a lead has at most one conversion that is not undone;
    4. everybody sees the leads of the own companies that are free, or the own, or in
       the own queues, and no others;
    5. nobody has claimed more than the limit.

    And at the end of a life, as it takes longer:

    6. the ledger agrees with the leads and with what they became;
    7. what queues, reports and the home page count equals the rows;
    8. of ledger, history and reports, everybody sees what is about the leads that the
       same person sees.
    """

    @invariant()
    def everything_fits(self):
        if self.is_done:
            self._check_texts()
        if self.is_moved:
            self._check_statuses()
            self._check_visibility()
            self._check_limits()
        self.is_done = self.is_moved = False

    def check_end(self):
        leads = self.get_leads()
        self._check_ledger(leads)
        self._check_queues(leads)
        self._check_report(leads)
        for person in range(len(self.world.people)):
            self._check_visibility_around(person)
        self._check_home(len(self.told) % len(self.world.people))

    def _check_texts(self):
        if gone := self.texts.get_gone():
            self.world.fail(
                "Gone without a word: "
                + ", ".join(f"{text} ({place})" for text, place in gone.items())
            )

    def _check_statuses(self):
        for row in self.rows.values():
            if row.type != "lead":
                expected = (None, "converted")
            elif row.won == "lost":
                expected = ("dead",)
            elif row.entries or row.won == "won":
                expected = ("converted",)
            else:
                expected = OPEN_CATEGORIES
            self.world.assertIn(row.category, expected, row)
            self.world.assertFalse(row.queue and row.user, row)
            self.world.assertLessEqual(row.entries, 1, row)
            if row.type == "lead" and row.won == "lost":
                self.world.assertFalse(row.entries, row)

    def _check_visibility(self):
        queries = [
            self.world.get_env(person)["crm.lead"]
            .with_context(active_test=False)
            ._search([("id", "in", list(self.rows))])
            for person in range(len(self.world.people))
        ]
        found = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL("SELECT %s, id FROM (%s) AS seen", person, query.select())
                for person, query in enumerate(queries)
            )
        )
        for person, user in enumerate(self.world.people):
            seen = {lead_id for seer, lead_id in found if seer == person}
            self.world.assertEqual(
                seen, self.get_seen_ids(person), f"What {user.name} sees"
            )

    def _check_limits(self):
        for (user, queue), leads in self.claimed.items():
            if queue == self.world.queues[0].id:
                self.world.assertLessEqual(len(leads), CLAIM_LIMIT, user.login)

    # -- at the end ------------------------------------------------------------

    def _check_ledger(self, leads):
        entries = self.env["crm.lead.conversion"].search([("lead_id", "in", leads.ids)])
        for entry in entries:
            self.world.assertEqual(
                bool(entry.undone_date), bool(entry.undone_user_id), entry
            )
        converted = entries.filtered(lambda entry: not entry.undone_date)
        for entry in converted:
            lead, opportunity = entry.lead_id, entry.opportunity_id
            self.world.assertEqual(lead.conversion_id.lead_id, lead, lead)
            self.world.assertTrue(lead.date_conversion, lead)
            self.world.assertEqual(
                lead.type, "opportunity" if lead == opportunity else "lead", lead
            )
        closed = leads.filtered(
            lambda lead: (
                lead.type == "lead"
                and lead.status_category == "converted"
                and lead.won_status != "won"
            )
        )
        self.world.assertLessEqual(closed, converted.lead_id, "Converted to nothing")

    def _check_queues(self, leads):
        for queue in self.env["crm.lead.queue"].browse(self.world.queues.ids):
            # What was closed while it waits stays there, and nobody can claim it.
            waiting = leads.filtered(
                lambda lead, queue=queue: (
                    lead.queue_id == queue
                    and lead.active
                    and lead.status_category in OPEN_CATEGORIES
                )
            )
            self.world.assertEqual(queue.lead_count, len(waiting), queue.name)

    def _check_report(self, leads):
        rows = self.env["crm.lead.report"].search([("lead_id", "in", leads.ids)])
        self.world.assertEqual(
            rows.filtered("is_converted").lead_id,
            leads.filtered(lambda lead: lead.status_category == "converted"),
            "Report: converted",
        )
        self.world.assertEqual(
            rows.filtered("is_open").lead_id,
            leads.filtered(
                lambda lead: (
                    lead.active
                    and lead.type == "lead"
                    and lead.status_category in OPEN_CATEGORIES
                )
            ),
            "Report: open",
        )

        own = self.env["crm.lead.conversion"].search(
            [("lead_id", "in", leads.ids), ("undone_date", "=", False)]
        )
        became = {entry.lead_id: entry.opportunity_id for entry in own}
        self.world.assertEqual(
            rows.filtered("is_won").lead_id,
            leads.filtered(
                lambda lead: (
                    lead.status_id and (became.get(lead) or lead).won_status == "won"
                )
            ),
            "Report: won",
        )

    def _check_visibility_around(self, person):
        """Compare what is told about leads with the leads that somebody sees."""
        env, name = self.world.get_env(person), self.world.people[person].name
        seen = self.get_seen_ids(person)
        about_all = [("lead_id", "in", list(self.rows))]
        for model_name in ("crm.lead.conversion", "crm.lead.report"):
            told = env[model_name].search(about_all)
            of_seen = env[model_name].sudo().search([("lead_id", "in", list(seen))])
            self.world.assertEqual(told, of_seen, f"What {name} sees of {model_name}")
        told = env["crm.lead.queue.event"].search(about_all)
        self.world.assertLessEqual(
            set(told.sudo().lead_id.ids), seen, f"The history that {name} sees"
        )

    def _check_home(self, person):
        """Compare what somebody's home page counts with the rows."""
        user, seen = self.world.people[person], self.get_seen_ids(person)
        rows = [
            row
            for row in self.rows.values()
            if row.id in seen
            and row.active
            and row.type == "lead"
            and row.category in OPEN_CATEGORIES
        ]
        current = [row for row in rows if row.category != "recycled"]
        expected = {
            "open": len(current),
            "my_leads": sum(row.user == user.id for row in current),
            "to_claim": sum(not row.user for row in rows),
        }
        counts = self.world.count_home(person)
        before = self.world.home_before[person]
        self.world.assertEqual(
            {name: counts[name] - before[name] for name in expected},
            expected,
            f"The home page of {user.name}",
        )
