from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_management_capture.tools import mail_address

from ...tools import consent_rule
from .access import HOLDERS


class CrmLeadConsentState(models.Model):
    """The one place where consents change."""

    _inherit = "crm.lead.consent.state"

    def _record(self, kind, entries):
        """Write events into the ledger, and what follows from them, for all of them at
        once. Who may do so is the caller's to check.

        An event that happened before what is known (a form that had to wait for its
        day) changes nothing, but is kept.

        :param str kind: of the events, as `crm.lead.consent.event` has it
        :param list entries: a dictionary each, with `email`, `purpose` (the record) and
            the values of the event; of the consent: `lang`
        :return: the consents, in sudo
        """
        now = fields.Datetime.now()
        entries = [{"date": now, **entry} for entry in entries if entry["email"]]
        if not entries:
            return self.sudo().browse()
        found, new = self.sudo()._get_states(
            {(entry["email"], entry["purpose"].id): entry["date"] for entry in entries}
        )
        changed, events = self.sudo(), []
        for entry in sorted(entries, key=lambda entry: entry["date"]):
            purpose = entry.pop("purpose")
            state = found[entry.pop("email"), purpose.id]
            lang = entry.pop("lang", False)
            is_new = state in new
            if is_new or kind != consent_rule.CHECKED or entry["date"] >= state.date:
                new -= state
                before = None if is_new else state.state
                verdict = consent_rule.decide(before, kind, purpose.needs_confirmation)
                state.write(state._get_changes(kind, verdict, entry, lang))
                if verdict.state != before:
                    changed |= state
            events.append({**entry, "state_id": state.id, "kind": kind})
        self.env["crm.lead.consent.event"].sudo().create(events)
        self._forget_shown()
        if kind in (consent_rule.CONFIRMS, consent_rule.WITHDRAWS):
            changed._log_change()
        states = self.sudo().union(*found.values())
        if any(state.ask_due for state in states):
            self.env.ref("lead_management_consent.ir_cron_ask").sudo()._trigger()
        return states

    def _get_changes(self, kind, verdict, entry, lang):
        """Return what an event changes of one consent."""
        vals = {"state": verdict.state}
        if verdict.state != self.state or kind not in ("checked", "requested"):
            vals["date"] = entry["date"]
        if kind in (consent_rule.CHECKED, consent_rule.REQUESTED):
            if verdict.asks or verdict.state == consent_rule.GIVEN:
                vals |= {"text": entry.get("text"), "lang": lang or self.lang}
                vals["form_id"] = entry.get("form_id") or self.form_id.id
            vals["ask_due"] = verdict.asks or (
                # Somebody has asked again who need not be asked any more.
                self.ask_due and verdict.state == self.state
            )
        else:
            vals["ask_due"] = False
        if kind == consent_rule.WITHDRAWS:
            vals |= {"asked_key": False, "expires_date": False}
        return vals

    def _get_states(self, dates):
        """Return the consents of addresses, those that are missing made.

        :param dict dates: since when a new one is known, by address and purpose
        :return: the consents by address and purpose; those that are new
        """
        emails = [email for email, _purpose in dates]
        purposes = [purpose for _email, purpose in dates]
        domain = [("email_normalized", "in", emails), ("purpose_id", "in", purposes)]
        found = {
            key: state
            for state in self.search(domain)
            if (key := (state.email_normalized, state.purpose_id.id)) in dates
        }
        missing = [key for key in dates if key not in found]
        new = self.browse(self._insert_missing(missing, dates)) if missing else self
        found |= {(state.email_normalized, state.purpose_id.id): state for state in new}
        return found, new

    def _insert_missing(self, keys, dates):
        # Not `create`: another request may be making the same. The database then lets
        # this transaction be tried again, instead of refusing it.
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %s (email_normalized, mailbox, purpose_id, state, date,
                                create_uid, create_date, write_uid, write_date)
                VALUES %s
                ON CONFLICT (email_normalized, purpose_id) DO NOTHING
                RETURNING id
                """,
                SQL.identifier(self._table),
                SQL(", ").join(
                    SQL(
                        "(%s, %s, %s, 'asked', %s, %s, NOW(), %s, NOW())",
                        email,
                        mail_address.mailbox(email),
                        purpose,
                        dates[email, purpose],
                        self.env.uid,
                        self.env.uid,
                    )
                    for email, purpose in keys
                ),
            ),
            log_exceptions=False,
        )
        return [row_id for (row_id,) in self.env.cr.fetchall()]

    # ------------------------------------------------------------
    # WHAT HAPPENS
    # ------------------------------------------------------------

    def _confirm(self, **event):
        """Take the persons' confirmation of consents."""
        entries = self._get_entries(event)
        for state, entry in zip(self.sudo(), entries, strict=True):
            entry.update(asked_date=state.asked_date, form_id=state.form_id.id)
        return self._record(consent_rule.CONFIRMS, entries)

    def _withdraw(self, **event):
        """Take the withdrawal of consents."""
        return self._record(consent_rule.WITHDRAWS, self._get_entries(event))

    def _get_entries(self, event):
        """Return an event about each consent, as `_record` takes it."""
        return [
            {
                **event,
                "email": state.email_normalized,
                "purpose": state.purpose_id,
                "text": state.text,
            }
            for state in self.sudo()
        ]

    def _request(self, purpose, langs):
        """Ask for a purpose in the name of the user.

        :param dict langs: the languages of the addresses to ask, by address
        :return: the consents of which somebody is asked now
        """
        entries = [
            {
                "email": email,
                "purpose": purpose,
                "how": "user",
                "user_id": self.env.uid,
                "text": purpose.with_context(lang=lang or self.env.lang).text,
                "lang": lang or self.env.lang,
            }
            for email, lang in langs.items()
        ]
        states = self._record(consent_rule.REQUESTED, entries)
        return states.filtered("ask_due")

    def _carry_withdrawals(self, groups, how):
        """Let what one address has withdrawn be withdrawn for others that are of the
        same person now. A confirmation is of its own address only.

        :param groups: the addresses that belong together, a collection each
        :param str how: they came together, as an event has it
        """
        groups = [set(filter(None, emails)) for emails in groups]
        groups = [emails for emails in groups if len(emails) > 1]
        if not groups:
            return
        withdrawn = self.sudo().search(
            [
                ("email_normalized", "in", list(set().union(*groups))),
                ("state", "=", consent_rule.WITHDRAWN),
            ]
        )
        known = {(state.email_normalized, state.purpose_id) for state in withdrawn}
        missing = {
            (email, purpose): None
            for group in groups
            for other, purpose in known
            if other in group
            for email in sorted(group)
            if (email, purpose) not in known
        }
        if missing:
            self._record(
                consent_rule.WITHDRAWS,
                [
                    {"email": email, "purpose": purpose, "how": how}
                    for email, purpose in missing
                ],
            )

    # ------------------------------------------------------------
    # WHAT FOLLOWS
    # ------------------------------------------------------------

    def _forget_shown(self):
        """Let leads and contacts read their consents anew."""
        for name in HOLDERS:
            self.env[name].invalidate_model(["consent_state_ids"])

    def _log_change(self):
        """Say in the chatter of leads and contacts what became of their consents."""
        by_company = self.grouped(lambda state: state.purpose_id.company_id)
        for company, states in by_company.items():
            by_email = states.grouped("email_normalized")
            lang = (company or self.env.company).partner_id.lang or self.env.lang
            for name in HOLDERS:
                domain = Domain("email_normalized", "in", list(by_email))
                if company:
                    domain &= Domain("company_id", "in", [company.id, False])
                holders = self.env[name].sudo().with_context(lang=lang).search(domain)
                bodies = {
                    holder.id: Markup("<br/>").join(
                        state.with_env(holders.env)._get_log()
                        for state in by_email[holder.email_normalized]
                    )
                    for holder in holders
                }
                if bodies:
                    holders._message_log_batch(bodies=bodies)

    def _get_log(self):
        if self.state == consent_rule.CONFIRMED:
            return self.env._(
                "Consent “%s” confirmed by the person", self.purpose_id.name
            )
        return self.env._("Consent “%s” withdrawn", self.purpose_id.name)
