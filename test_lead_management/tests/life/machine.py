from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from odoo import fields
from odoo.fields import Domain

from odoo.addons.lead_management.models.crm_lead.status import OPEN_CATEGORIES

from .checks import Checks
from .world import COMPANIES, EMAILS

MOST_LEADS = 9
# Fields in which people type on leads and on partners
LEAD_TEXTS = (
    *("name", "contact_last_name", "function", "street", "city"),
    *("description", "fax", "skype", "recycle_reason", "bant_need_note"),
)
PARTNER_TEXTS = ("comment", "function", "street", "ref", "vat")

someone = st.integers(0, 2)
something = st.integers(0, 1000)
MANAGER = 2


def choose(choices, number):
    return choices[number % len(choices)]


class Life(Checks):
    """Leads of two companies, on which three people work in any order."""

    @property
    def is_full(self):
        return len(self.rows) >= MOST_LEADS

    # -- leads come ------------------------------------------------------------

    @initialize(person=someone, company=something, email=something)
    def begin(self, person, company, email):
        self.create_lead(person, company, email, True, 0)

    @rule(
        person=someone,
        company=something,
        email=something,
        owned=st.booleans(),
        field=something,
    )
    def create_lead(self, person, company, email, owned, field):
        if self.is_full:
            return
        typed = {
            choose(LEAD_TEXTS[:6], field): self.texts.new(),
            "contact_last_name": self.texts.new(),
        }
        values = {
            "type": "lead",
            "name": "Lead",
            "partner_name": choose(COMPANIES, company),
            "email_from": choose(EMAILS, email),
            **typed,
            **({} if owned else {"user_id": False}),
        }
        lead = self.do(person, lambda env: env["crm.lead"].create(dict(values)))
        if lead:
            self.texts.keep(lead, typed)

    @rule(company=something, email=something)
    def capture(self, company, email):
        if self.is_full:
            return
        typed = {"last_name": self.texts.new(), "message": self.texts.new()}
        answers = {
            "company": choose(COMPANIES, company),
            "email": choose(EMAILS, email),
            **typed,
        }
        self.do(None, lambda env: self.world.capture(answers))
        found = self.texts.find()
        for text in typed.values():
            if text in found:  # not one of the other's within five minutes
                self.texts.keep_anywhere(text, "crm.lead.capture.submission")

    @rule(person=someone, company=something)
    def import_leads(self, person, company):
        if self.is_full:
            return
        typed = {"contact_last_name": self.texts.new(), "city": self.texts.new()}
        values = {"name": "Lead", "partner_name": choose(COMPANIES, company), **typed}

        def load(env):
            leads = env["crm.lead"].with_context(default_type="lead")
            loaded = leads.load(list(values), [list(values.values())])
            return leads.browse(loaded["ids"])

        if lead := self.do(person, load):
            self.texts.keep(lead, typed)

    @rule(person=someone, lead=something)
    def duplicate(self, person, lead):
        if self.is_full:
            return

        def copy(env):
            record = self.pick(lead, env)
            record.check_access("read")
            return record.copy()

        copied = self.do(person, copy)
        if copied and self.rows[copied.id].type == "lead":
            row = self.rows[copied.id]
            self.world.assertTrue(row.active)
            self.world.assertIn(row.category, OPEN_CATEGORIES)
            self.world.assertFalse(row.entries)

    # -- people type -----------------------------------------------------------

    @rule(person=someone, lead=something, field=something)
    def edit_lead(self, person, lead, field):
        typed = {choose(LEAD_TEXTS, field): self.texts.new()}

        def edit(env):
            record = self.pick(lead, env)
            record.write(dict(typed))
            return record

        if record := self.do(person, edit):
            self.texts.keep(record, typed)

    @rule(person=someone, lead=something, field=something, company=st.booleans())
    def edit_partner(self, person, lead, field, company):
        typed = {choose(PARTNER_TEXTS, field): self.texts.new()}

        def edit(env):
            record = self.pick(lead, env)
            record.check_access("read")
            partner = record.partner_id
            if company:
                partner = partner.commercial_partner_id
            partner.write(dict(typed))
            return partner

        if partner := self.do(person, edit):
            self.texts.keep(partner, typed)

    @rule(person=someone, lead=something)
    def write_note(self, person, lead):
        text = self.texts.new()
        done = self.do(
            person,
            lambda env: self.pick(lead, env).message_post(
                body=text, message_type="comment"
            ),
        )
        if done:
            self.texts.keep_anywhere(text, "mail.message")

    @rule(lead=something)
    def contact_replies(self, lead):
        text = self.texts.new()

        def reply(env):
            record = self.pick(lead, env)
            message = {
                "email_from": record.email_from or EMAILS[0],
                "body": text,
                "message_type": "email",
            }
            record.message_update(message)
            return record.message_post(**message)

        if self.do(None, reply):
            self.texts.keep_anywhere(text, "mail.message")

    @rule(person=someone, lead=something)
    def plan_activity(self, person, lead):
        text = self.texts.new()
        done = self.do(
            person,
            lambda env: self.pick(lead, env).activity_schedule(
                "mail.mail_activity_data_todo", summary=text
            ),
        )
        if done:
            self.texts.keep_anywhere(text, "mail.activity")

    @rule(person=someone, lead=something)
    def finish_activity(self, person, lead):
        text = self.texts.new()

        def finish(env):
            record = self.pick(lead, env)
            record.check_access("read")
            return record.activity_ids[:1].action_feedback(feedback=text)

        if self.do(person, finish):
            self.texts.keep_anywhere(text, "mail.message")

    @rule(person=someone, lead=something)
    def attach(self, person, lead):
        text = self.texts.new()

        def add(env):
            return env["ir.attachment"].create(
                {
                    "name": text,
                    "type": "url",
                    "url": "https://example.com/offer",
                    "res_model": "crm.lead",
                    "res_id": self.pick(lead, env).id,
                }
            )

        if self.do(person, add):
            self.texts.keep_anywhere(text, "ir.attachment")

    # -- leads change hands ----------------------------------------------------

    @rule(person=someone, lead=something, owner=someone)
    def change_owner(self, person, lead, owner):
        user = self.world.people[owner]
        self.do(person, lambda env: self.pick(lead, env).write({"user_id": user.id}))

    @rule(person=someone, lead=something)
    def take_owner_off(self, person, lead):
        self.do(person, lambda env: self.pick(lead, env).write({"user_id": False}))

    @rule(person=someone, lead=something, queue=something)
    def change_queue(self, person, lead, queue):
        chosen = choose(self.world.queues, queue)
        self.do(person, lambda env: self.pick(lead, env).write({"queue_id": chosen.id}))

    @rule(person=someone, lead=something, queue=something)
    def return_to_queue(self, person, lead, queue):
        text = self.texts.new()
        values = {"queue_id": choose(self.world.queues, queue).id, "reason": text}
        if self.do_in_dialog(
            person, lead, "crm.lead.queue.return", "action_apply", **values
        ):
            self.texts.keep_anywhere(text, "crm.lead.queue.event")

    @rule(person=someone, lead=something)
    def claim(self, person, lead):
        self.do(person, lambda env: self.pick(lead, env).action_claim())

    @rule(person=someone, queue=something)
    def claim_next(self, person, queue):
        chosen = choose(self.world.queues, queue)
        self.do(person, lambda env: chosen.with_env(env).action_claim_next())

    @rule(person=someone, lead=something)
    def assign_by_rules(self, person, lead):
        self.do(person, lambda env: self.pick(lead, env).run_assignment_rules())

    # -- the path --------------------------------------------------------------

    @rule(
        person=someone,
        lead=something,
        category=st.sampled_from(["new", "assigned", "in_process", "dead"]),
    )
    def set_status(self, person, lead, category):
        status = self.env["crm.lead.status"]._get_of_category(category)
        self.do(
            person, lambda env: self.pick(lead, env).write({"status_id": status.id})
        )

    @rule(person=someone, lead=something)
    def recycle(self, person, lead):
        typed = {"recycle_reason": self.texts.new()}
        status = self.env["crm.lead.status"]._get_of_category("recycled")
        values = {"status_id": status.id, **typed}
        if record := self.do_in_dialog(
            person, lead, "crm.lead.recycle", "action_apply", **values
        ):
            self.texts.keep(record, typed)

    @rule()
    def recycled_are_due(self):
        if all(row.category != "recycled" for row in self.rows.values()):
            return

        def take_up(env):
            leads = self.get_leads(env).filtered("recycle_date")
            leads.recycle_date = fields.Date.today() - timedelta(days=1)
            due = leads._get_recycled_due_domain() & Domain("id", "in", leads.ids)
            leads.search(due)._reopen_recycled()

        self.do(None, take_up)

    @rule(person=someone, lead=something)
    def lose(self, person, lead):
        text = self.texts.new()
        values = {
            "lost_reason_id": self.world.lost_reason.id,
            "lost_feedback": text,
        }
        if self.do_in_dialog(
            person, lead, "crm.lead.lost", "action_lost_reason_apply", **values
        ):
            self.texts.keep_anywhere(text, "mail.message")

    @rule(person=someone, lead=something)
    def win(self, person, lead):
        def close(env):
            record = self.pick(lead, env)
            if record.type == "opportunity":  # of leads, the web client does not
                record.action_set_won()

        self.do(person, close)

    @rule(person=someone, lead=something)
    def write_no_probability(self, person, lead):
        self.do(person, lambda env: self.pick(lead, env).write({"probability": 0}))

    @rule(person=someone, lead=something)
    def restore(self, person, lead):
        def bring_back(env):
            record = self.pick(lead, env)
            if record.won_status == "lost":
                record.action_restore()

        self.do(person, bring_back)

    @rule(person=someone, lead=something)
    def archive(self, person, lead):
        self.do(person, lambda env: self.pick(lead, env).action_archive())

    @rule(person=someone, lead=something)
    def unarchive(self, person, lead):
        self.do(person, lambda env: self.pick(lead, env).action_unarchive())

    @rule(person=someone, lead=something)
    def delete(self, person, lead):
        if not self.rows:
            return
        record = self.pick(lead)
        gone = self.texts.find_on(record)
        if self.do(person, lambda env: record.with_env(env).unlink()):
            # What a person deletes is deleted on purpose.
            self.texts.forget(gone - self.texts.find())

    # -- conversion ------------------------------------------------------------

    @rule(
        person=someone,
        lead=something,
        kind=st.sampled_from(["account", "opportunity", "existing"]),
        other=something,
    )
    def convert(self, person, lead, kind, other):
        def to_records(env):
            record = self.pick(lead, env)
            options = {"target": kind}
            if kind == "existing":
                into = self.pick(other, env)
                options = {"target": "opportunity", "opportunity_id": into.id}
            return record.convert_lead(**options)

        self.do(person, to_records)

    @rule(person=someone, lead=something)
    def convert_in_the_wizard(self, person, lead):
        def apply(env):
            record = self.pick(lead, env)
            wizard = env["crm.lead2opportunity.partner"].with_context(
                active_model="crm.lead", active_id=record.id, active_ids=record.ids
            )
            return wizard.create({}).action_apply()

        self.do(person, apply)

    @rule(
        person=someone,
        first=something,
        second=something,
        result=st.sampled_from(["account", "opportunity"]),
        deduplicate=st.booleans(),
    )
    def convert_many(self, person, first, second, result, deduplicate):
        def apply(env):
            records = self.pick(first, env) | self.pick(second, env)
            wizard = env["crm.lead2opportunity.partner.mass"].with_context(
                active_model="crm.lead", active_ids=records.ids
            )
            return wizard.create(
                {"result": result, "deduplicate": deduplicate}
            ).action_mass_convert()

        self.do(person, apply)

    @rule(person=someone, lead=something)
    def convert_natively(self, person, lead):
        def convert(env):
            record = self.pick(lead, env)
            record.check_access("write")
            return record.convert_opportunity(record.partner_id)

        self.do(person, convert)

    @rule(person=someone, lead=something, type=st.sampled_from(["lead", "opportunity"]))
    def write_type(self, person, lead, type):
        self.do(person, lambda env: self.pick(lead, env).write({"type": type}))

    @rule(person=someone, lead=something)
    def undo(self, person, lead):
        def take_back(env):
            record = self.pick(lead, env)
            record.check_access("read")
            return record.conversion_id.action_undo()

        self.do(person, take_back)

    # -- merges ----------------------------------------------------------------

    @rule(person=someone, first=something, second=something)
    def merge_leads(self, person, first, second):
        def merge(env):
            records = self.pick(first, env) | self.pick(second, env)
            return records.merge_opportunity(auto_unlink=True)

        self.do(person, merge)

    @rule(first=something, second=something)
    def merge_accounts(self, first, second):
        def merge(env):
            leads = self.pick(first, env) | self.pick(second, env)
            partners = leads.partner_id.commercial_partner_id
            if len(partners) == 2:
                env["base.partner.merge.automatic.wizard"]._merge(
                    partners.ids, partners[0]
                )

        self.do(MANAGER, merge)
