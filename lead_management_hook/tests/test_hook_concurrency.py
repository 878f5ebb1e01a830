from odoo.tests import tagged

from odoo.addons.lead_management.tests.at_once import AtOnceCase

BODY = b'{"who": "At Once", "mail": "at.once@example.com"}'


@tagged("post_install", "-at_install", "lead_hook", "lead_long")
class TestHookConcurrency(AtOnceCase):
    """A service that calls twice at once."""

    def setUp(self):
        super().setUp()
        # Waking the scheduled action needs the registry, which the main thread keeps.
        submissions = self.registry["crm.lead.capture.submission"]
        self.patch(submissions, "_wake_processing", lambda *_args: lambda: None)
        with self.environment() as env:
            form = env["crm.lead.capture.form"].create({"name": "At Once"})
            email = form.field_ids.filtered(lambda field: field.key == "email")
            hook = env["crm.lead.hook"].create({"name": "Chat", "form_id": form.id})
            hook.line_ids = [
                (0, 0, {"path": "who", "use": "name"}),
                (0, 0, {"path": "mail", "field_id": email.id}),
            ]
            self.form_id, self.hook_id = form.id, hook.id

    def _delete_all(self):
        with self.environment(active_test=False) as env:
            hook = env["crm.lead.hook"].browse(self.hook_id)
            hook.call_ids.unlink()
            hook.unlink()
            form = [("form_id", "=", self.form_id)]
            env["crm.lead.capture.submission"].search(form).unlink()
            env["crm.lead.capture.form"].browse(self.form_id).unlink()

    def test_called_twice_at_once_is_one_submission(self):
        def call(env):
            hook = env["crm.lead.hook"].browse(self.hook_id)
            return env["crm.lead.hook.call"]._receive(hook, BODY, "").ids

        results, refusals = self.do_at_once(*[call] * 5)
        self.assertFalse(refusals)
        self.assertEqual(len({str(found) for found in results}), 1)
        with self.environment() as env:
            form = [("form_id", "=", self.form_id)]
            count = env["crm.lead.capture.submission"].search_count(form)
        self.assertEqual(count, 1)
