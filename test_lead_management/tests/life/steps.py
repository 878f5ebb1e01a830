import sys
from collections import namedtuple

from hypothesis.stateful import RuleBasedStateMachine

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError
from odoo.models import BaseModel
from odoo.tools import SQL, mute_logger

from .texts import SHELVES, Texts


class NothingThere(Exception):
    """There is nothing left that somebody could do something with."""


REFUSALS = (UserError, RedirectWarning, NothingThere)
TOLD_STEPS = 15

# A lead as the database has it; `entries` of the ledger that are not undone
Row = namedtuple("Row", "id name active type won category user queue company entries")


class Steps(RuleBasedStateMachine):
    """How one of the people of the `World` does something, and how that is told.

    A step is what a person does with the own rights, or what the system does by itself.
    One that is refused in words changes nothing.
    """

    world = None  # the test

    def __init__(self):
        super().__init__()
        self.env = self.world.env
        self.savepoint = self.env.cr.savepoint()
        self.savepoint.__enter__()
        last_ids = self.world.get_last_ids(SHELVES)
        self.last_lead = last_ids["crm_lead"]
        self.texts = Texts(self.env, last_ids)
        self.claimed = {}  # (user, queue): ids of leads
        self.rows = {}  # of the leads after the last step, by id
        self.is_done = self.is_moved = False  # since the invariants were checked
        self.picked = []
        self.told = []

    def teardown(self):
        try:
            if not sys.exc_info()[0]:
                self.check_end()
        finally:
            if sys.exc_info()[0]:
                self.world.story = self._tell()
            self.savepoint.rollback()
            self.savepoint.close(rollback=False)
            self.env.cr.postcommit.clear()

    def check_end(self):
        """Check what must hold at the end of a life that went well."""

    def do(self, person, act):
        """Let a person act, or the system, which is None.

        :param act: a function of the environment
        :return: what it returns, None where it is refused
        """
        env = self.env if person is None else self.world.get_env(person)
        outcome = "failed"
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                result = act(env)
            outcome = "done"
        except REFUSALS as refusal:
            # What is rolled back needs no check.
            outcome = "refused: " + str(refusal).partition("\n")[0]
            return None
        finally:
            self.told.append(self._tell_step(person, act, outcome))
            self.picked = []
            self._forget()
        before, self.rows = self.rows, self.get_rows()
        self.is_done = True
        self.is_moved |= self.rows != before
        if person is not None:
            self._count_claims(self.world.people[person], before)
        return result

    def _forget(self):
        """Let the next step read anew what a step can change, as another request."""
        self.env.flush_all()
        for model_name in self.world.living:
            self.env[model_name].invalidate_model(flush=False)

    def do_in_dialog(self, person, lead, model_name, button, **values):
        """Let a person fill in a dialog for a lead, and confirm it.

        :return: the lead, none where it is refused
        """

        def confirm(env):
            record = self.pick(lead, env)
            dialog = env[model_name].create(
                {"lead_ids": [Command.set(record.ids)], **values}
            )
            getattr(dialog, button)()
            return record

        return self.do(person, confirm)

    def pick(self, number, env=None):
        """Return one of the leads, mostly of those that the person is to see."""
        env = self.env if env is None else env
        ids = list(self.rows)
        if number % 4 and env.user in self.world.people:
            ids = sorted(self.get_seen_ids(self.world.people.index(env.user))) or ids
        if not ids:
            raise NothingThere
        self.picked.append(ids[number % len(ids)])
        return env["crm.lead"].browse(self.picked[-1])

    def get_seen_ids(self, person):
        """Return the ids of the leads that somebody is to see."""
        companies, queues, sees_all = self.world.sights[person]
        user = self.world.people[person]
        return {
            row.id
            for row in self.rows.values()
            if row.company in companies
            and row.queue in queues
            and (sees_all or row.user in (None, user.id))
        }

    def get_rows(self):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lead.id, lead.name, lead.active, lead.type, lead.won_status,
                       status.category, lead.user_id, lead.queue_id, lead.company_id,
                       (SELECT count(*) FROM crm_lead_conversion entry
                         WHERE entry.lead_id = lead.id AND undone_date IS NULL)
                  FROM crm_lead lead
             LEFT JOIN crm_lead_status status ON status.id = lead.status_id
                 WHERE lead.id > %s
              ORDER BY lead.id
                """,
                self.last_lead,
            )
        )
        return {row[0]: Row(*row) for row in rows}

    def get_leads(self, env=None):
        """Return the leads that somebody sees."""
        leads = (env or self.env)["crm.lead"].with_context(active_test=False)
        return leads.search([("id", "in", list(self.rows))], order="id")

    def _count_claims(self, user, before):
        if user == self.world.max:
            return
        for row in self.rows.values():
            old = before.get(row.id)
            if old and old.queue and not old.user and row.user == user.id:
                self.claimed.setdefault((user, old.queue), set()).add(row.id)

    # -- telling ---------------------------------------------------------------

    def _tell_step(self, person, act, outcome):
        who = "The system" if person is None else self.world.people[person].name
        chosen = {
            name: cell.cell_contents
            for name, cell in zip(
                act.__code__.co_freevars, act.__closure__ or (), strict=True
            )
        }
        details = [
            value.name if isinstance(value, BaseModel) else value
            for value in chosen.values()
            if not isinstance(value, Steps | int | self.env.registry["crm.lead"])
        ]
        # The name of the rule in which the function is
        rule_name = act.__qualname__.partition(".<locals>")[0].rpartition(".")[2]
        leads = " and ".join(map(str, self.picked))
        text = " ".join(map(str, [rule_name, leads, *details]))
        return f"{who}: {text}: {outcome}"

    def _tell(self):
        """Return the last steps, and the leads as they are after them."""
        lines = ["", "The last steps:"]
        first = max(len(self.told) - TOLD_STEPS, 0)
        for number, step in enumerate(self.told[first:], first + 1):
            lines.append(f"{number}. {step}")
        lines.append("The leads:")
        lines += map(str, self.get_rows().values())
        return "\n".join(lines)
