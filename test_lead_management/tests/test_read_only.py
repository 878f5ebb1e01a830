from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_pages")
class TestReadOnly(TestLeadManagementCommon):
    """Pages and reports only read, so that a replica of the database can answer."""

    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does, on a replica."""
        records = self.env[model]
        self.assertTrue(
            getattr(getattr(records, method), "_readonly", False),
            f"The client's call of {method} goes to the main database",
        )
        return getattr(records, method)(*args, **kwargs)

    @users("user_sales_salesman", "user_sales_manager")
    def test_pages_and_reports_are_read_from_a_replica(self):
        lead = self.lead_own.with_env(self.env)
        lead.mark_as_read()
        with self.read_only():
            for scope in ("mine", "team"):
                self.assertTrue(self.call("crm.lead", "get_lead_home", scope)["views"])
            self.call("crm.lead", "get_unread_count")
            values = {"partner_name": "Acme"}
            self.call("crm.lead", "find_possible_accounts", values)
            self.call("res.partner", "find_account_matches", {"name": "Acme"})
            recent = self.call(
                *("crm.lead", "web_search_read", [("is_recent", "=", True)]),
                specification={"display_name": {}},
                order="is_recent desc",
            )
            self.assertEqual([row["id"] for row in recent["records"]], lead.ids)
            for groupby in ("source_id", "status_id", "user_id", "create_date:month"):
                self.call(
                    *("crm.lead.report", "formatted_read_group", [], [groupby]),
                    aggregates=["__count", "conversion_rate:avg", "cost:sum"],
                )
            for kind in ("neglected", "source"):
                self.call("report.lead_management.lead_report", "action_print", kind)
                self.env["ir.actions.report"]._render_qweb_html(
                    "lead_management.lead_report", [], {"kind": kind}
                )


@tagged("post_install", "-at_install", "lead_pages", "lead_house")
class TestAssets(TestLeadManagementCommon):
    """What is not needed at the start is not loaded at the start."""

    def get_files(self, bundle):
        files, _external = self.env["ir.qweb"]._get_asset_content(bundle)
        return {file["url"] for file in files if "/lead_management" in file["url"]}

    def test_pages_are_loaded_when_they_are_shown(self):
        start = self.get_files("web.assets_web")
        lazy = self.get_files("lead_management.assets_lazy")
        self.assertFalse(start & lazy)
        self.assertFalse([url for url in start if "/lazy/" in url])
        for name in ("lead_home", "lead_bulk_changes_field"):
            self.assertTrue([url for url in lazy if url.endswith(f"/{name}.js")], name)

    def test_every_lazy_component_is_in_the_bundle(self):
        scripts = self.env["ir.qweb"]._get_asset_bundle("lead_management.assets_lazy")
        content = "\n".join(asset.content for asset in scripts.javascripts)
        start = self.env["ir.qweb"]._get_asset_bundle("web.assets_web")
        wanted = [
            name
            for asset in start.javascripts
            if "/lead_management" in asset.url
            for name in self.find_lazy_names(asset.content)
        ]
        self.assertGreater(len(wanted), 8)
        for name in wanted:
            self.assertIn(f'add("{name}"', content)

    def find_lazy_names(self, script):
        return [part.split('"')[0] for part in script.split('lazyComponent("')[1:]]
