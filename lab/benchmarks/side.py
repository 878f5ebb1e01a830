"""One of the databases that are compared, and calls to it as the web client makes."""

import contextlib
import json

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.service.model import call_kw
from odoo.tools import config, json_default

# A salesman who sees their own leads and those without an owner: the record rules that
# cost most. And one who sees all, as somebody who imports leads for colleagues does.
SALESMAN = "salesman"
IMPORTER = "importer"


def configure(config_file: str):
    """Set Odoo up as its server does, short of opening a database."""
    config.parse_config(
        [
            *("--config", config_file, "--log-level=warn", "--no-http"),
            # A connection for each of the people who do something at once
            "--db_maxconn=150",
        ],
        setup_logging=True,
    )
    server.load_server_wide_modules()


class Side:
    """A database: `native` or `addon`."""

    def __init__(self, name: str, database: str):
        self.name = name
        self.database = database
        self.registry = Registry(database)

    @contextlib.contextmanager
    def transaction(self, login: str | None = None):
        """Give the environment of a user in a transaction that is rolled back.

        So every repetition meets the same rows, and caches as cold as a new request
        does: the ORM's belong to the transaction.

        :param login: whose environment, the superuser's if not given
        """
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            if login:
                user = env["res.users"].search([("login", "=", login)])
                env = api.Environment(cr, user.id, {})
                context = dict(env["res.users"].context_get())
                context["allowed_company_ids"] = env.user.company_ids.ids
                env = api.Environment(cr, user.id, context)
            env.invalidate_all()
            try:
                yield env
            finally:
                cr.rollback()


def rpc(env, model: str, method: str, *args, context=None, **kwargs) -> str:
    """Call a method as the web client's request does.

    :param context: keys beyond those of the user
    :return: the JSON text of the answer
    """
    kwargs["context"] = {**env.context, "bin_size": True, **(context or {})}
    result = call_kw(env[model], method, list(args), kwargs)
    env.cr.flush()  # what the commit at the request's end does before it commits
    return json.dumps(result, default=json_default)
