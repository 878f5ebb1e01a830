"""The doors that ./dev lab soak uses: what is sent to each, and what must have become
of it, to the last one."""

import json

from .benchmarks import http_load

WITH_FILE = 10  # one of so many forms has a file
SUSPICIOUS = 20  # one of so many forms fills the hidden field
BROKEN = 20  # one of so many calls of a webhook doesn't fit
SERVER_IS_GONE = (0, 502, 503)
STATES = {"lead", "waiting", "quarantine"}


class Forms:
    """Web forms, as browsers send them."""

    path, taken = "/lead/capture/load", 303

    def __init__(self, server):
        self.server = server
        [(field_id,)] = server.rows(
            "SELECT id FROM crm_lead_capture_field WHERE key = 'own_files'"
        )
        self.file_input = f"question_{field_id}"

    def send(self, number):
        """Send one; return the `Answer`."""
        values = {
            "last_name": f"Doe {number}",
            "email": f"jane.{number}@example.com",
            "message": "Please call.",
            "extra_notes": "" if number % SUSPICIOUS else "I fill in everything",
        }
        file = () if number % WITH_FILE else (self.file_input, f"File {number}")
        return http_load.post(self.server.port, self.path, values, file)

    def judge(self, sent, outcomes):
        """Say what became of all that was sent; return whether it is all there, once.

        :param int sent: how many
        :param dict outcomes: numbers of submissions by state
        """
        leads = self.server.rows(
            "SELECT COUNT(*), COUNT(DISTINCT lead_id)"
            " FROM crm_lead_capture_submission WHERE state = 'lead'"
            " UNION ALL SELECT COUNT(*), COUNT(*) FROM crm_lead"
            " WHERE capture_form_id IS NOT NULL"
        )
        for state, count in sorted(outcomes.items()):
            print(f"  {state}: {count:,}")
        is_exact = sum(outcomes.values()) == sent and set(outcomes) <= STATES
        is_exact &= {number for row in leads for number in row} == {outcomes["lead"]}
        if not is_exact:
            print(f"  ✗ leads of submissions, and leads: {leads}")
        return is_exact and self._are_files_there(sent)

    def _are_files_there(self, sent):
        [(found,)] = self.server.rows(
            "SELECT COUNT(DISTINCT s.id) FROM crm_lead_capture_submission s"
            "  JOIN ir_attachment a ON a.is_from_visitor"
            "   AND a.res_id = COALESCE(s.lead_id, s.id)"
            "   AND a.res_model = CASE WHEN s.lead_id IS NULL"
            "       THEN 'crm.lead.capture.submission' ELSE 'crm.lead' END"
            f" WHERE s.answers ? '{self.file_input}'"
        )
        files = len(range(0, sent, WITH_FILE))
        print(f"  files: {found:,} of {files:,} where they belong")
        return found == files


class Programs(Forms):
    """The same address, as programs use it: JSON, a key, and a number by which what is
    sent again is known."""

    taken = 200

    def send(self, number):
        values = {
            "last_name": f"Doe {number}",
            "email": f"jane.{number}@example.com",
            "message": f"No. {number}",
        }
        headers = {
            "Authorization": "Bearer load",
            "Content-Type": "application/json",
            "Idempotency-Key": f"load {number}",
        }
        body = json.dumps(values).encode()
        return http_load.send(self.server.port, self.path, body, headers)

    def _are_files_there(self, sent):
        return True  # programs send none


class Hooks(Programs):
    """A webhook: some of its calls don't fit, and wait for somebody to mend that."""

    path = "/lead/hook/load"

    def send(self, number):
        values = {
            "who": {"name": f"Jane Doe {number}"},
            "mail": f"jane.{number}@example.com" if number % BROKEN else "nowhere",
        }
        body = json.dumps(values).encode()
        headers = {"Content-Type": "application/json"}
        return http_load.send(self.server.port, self.path, body, headers)

    def judge(self, sent, outcomes):
        calls = dict(
            self.server.rows(
                "SELECT CASE WHEN reason IS NULL THEN state ELSE state || ', with why'"
                " END, COUNT(*) FROM crm_lead_hook_call GROUP BY 1"
            )
        )
        for state, count in sorted(calls.items()):
            print(f"  calls {state}: {count:,}")
        broken = len(range(0, sent, BROKEN))
        wanted = {"taken": sent - broken, "waiting, with why": broken}
        return super().judge(sent - broken, outcomes) and calls == wanted


DOORS = {"capture": Forms, "program": Programs, "hook": Hooks}
