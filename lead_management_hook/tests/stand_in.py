import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from odoo import SUPERUSER_ID
from odoo.tests import Form
from odoo.tests.common import _super_send

from .test_lead_hook import HookCase


class StandIn(BaseHTTPRequestHandler):
    """What a platform answers when it is asked for a lead."""

    answers, refusal, asked, trouble = {}, {}, [], 0

    def do_GET(self):
        cls = type(self)
        cls.asked.append((self.path, self.headers))
        lead = cls.answers.get(self.path.split("?")[0].rsplit("/", 1)[-1])
        status, answer = (200, lead) if lead else (400, cls.refusal)
        if cls.trouble:
            cls.trouble, status, answer = cls.trouble - 1, 500, {}
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_args):
        pass


class StandInCase(HookCase):
    """Tests of a platform that only tells of leads."""

    served = ""

    @classmethod
    def _create_hook(cls, platform, **values):
        """Create a webhook as a sales manager does, in the form; return it in sudo."""
        hook = Form(cls.env["crm.lead.hook"].with_user(cls.user_sales_manager))
        hook.name = "Ads"
        hook.form_id = cls.form
        hook.platform = platform
        for name, value in values.items():
            hook[name] = value
        return hook.save().sudo()

    def _stand_in(self, module, name, answers, refusal):
        """Put a stand-in in the place of a platform.

        :param module: of the platform, and the name of its address there
        :param dict answers: what is known of each lead, by what names it
        :param dict refusal: what is answered of others
        """
        StandIn.answers, StandIn.refusal = answers, refusal
        StandIn.asked, StandIn.trouble = [], 0
        server = HTTPServer(("127.0.0.1", 0), StandIn)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        address = f"http://127.0.0.1:{server.server_port}"
        self.patch(module, name, address)
        self.patch(type(self), "served", address)

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        if cls.served and request.url.startswith(cls.served):
            return _super_send(session, request, **options)
        return super()._request_handler(session, request, **options)

    def _fetch(self):
        """Let the scheduled action ask for what there is to ask for."""
        cron = self.env.ref("lead_management_hook.ir_cron_fetch")
        cron.with_user(SUPERUSER_ID).method_direct_trigger()
        self.env.invalidate_all()

    def _get(self, query):
        """Ask whether the address is ours."""
        url = f"{self.base_url()}/lead/hook/{self.hook.token}"
        self.env.flush_all()
        return self.opener.get(url, params=query, timeout=30)
