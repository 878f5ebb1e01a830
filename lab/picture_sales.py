"""The pictures of what salespeople and their managers do."""

from tooling.settings import REPO

from .picture import PHONE, Picture, open_row, open_tab

SALESPERSON = (
    Picture(
        "docs/images/lead-home",
        "demo",
        "/odoo/lead-home",
        (("place", ".o_lead_home_views"),),
    ),
    Picture(
        "docs/images/lead-form",
        "demo",
        "/odoo/my-leads",
        (open_row("Iberdrola"), ("place", ".o_lead_title")),
        size=(1366, 768),
    ),
    Picture(
        "docs/guide/images/my-leads",
        "demo",
        "/odoo/my-leads",
        (("place", ".o_data_row"),),
    ),
    Picture(
        "docs/guide/images/qualification",
        "demo",
        "/odoo/my-leads",
        (open_row("Iberdrola"), open_tab("qualification")),
        crop=".o_notebook",
        size=(1280, 1100),
    ),
    Picture(
        "docs/guide/images/account-match",
        "demo",
        "/odoo/my-leads/new",
        (
            ("type", ".o_lead_title [name=contact_last_name] input", "Sample"),
            ("type", ".o_lead_title [name=partner_name] input", "Lufthansa"),
            ("place", ".o_account_match"),
        ),
        size=(1280, 520),
    ),
    Picture(
        "docs/guide/images/why",
        "demo",
        "/odoo/my-leads",
        (
            open_row("Iberdrola"),
            ("click", "button[name=action_why]"),
            ("place", ".modal .o_lead_why h5"),
        ),
        crop=".modal-content",
        size=(1280, 900),
    ),
    Picture(
        "docs/guide/images/open-lead",
        "admin",
        "/odoo/my-leads/new",
        (
            ("type", "[name=email_from] input", "ximena.ejemplo@iberdrola.example.com"),
            # The form scrolls to what is typed: its top last
            ("type", ".o_lead_title [name=contact_first_name] input", "Ximena"),
            ("type", ".o_lead_title [name=contact_last_name] input", "Ejemplo"),
            ("place", ".o_open_lead"),
        ),
        size=(1280, 640),
    ),
    Picture(
        "docs/guide/images/convert",
        "demo",
        "/odoo/my-leads",
        (
            open_row("Iberdrola"),
            ("click", ".o_statusbar_buttons button[data-hotkey=v]"),
            ("place", ".modal button[name=action_apply]"),
        ),
        crop=".modal-content",
        size=(1280, 900),
    ),
    Picture(
        "docs/guide/images/claim",
        "demo",
        "/odoo/leads-to-claim",
        (("place", ".o_data_row"),),
        size=(1280, 480),
    ),
    Picture(
        "docs/guide/images/phone",
        "demo",
        "/odoo/lead-home",
        (("place", "h2:contains(Quick addition)"),),
        size=PHONE,
        is_phone=True,
    ),
)

MANAGER = (
    Picture(
        "docs/guide/images/path",
        "admin",
        "/odoo/all-leads",
        (("click", ".o_switch_view.o_kanban"), ("place", ".o_kanban_record")),
    ),
    Picture(
        "docs/guide/images/mass-update",
        "admin",
        "/odoo/all-leads",
        (
            ("click", ".o_list_table thead .o_list_record_selector input"),
            ("click", ".o_cp_action_menus button:contains(Actions)"),
            ("click", ".o-dropdown--menu .o-dropdown-item:contains(Mass update)"),
            ("type", ".modal .o_field_widget input", "Industry"),
            ("click", ".dropdown-item:contains(Industry)"),
            ("type", ".modal .o_field_widget[name=industry_id] input", "Energy"),
            ("click", ".dropdown-item:contains(Energy)"),
            ("place", ".modal footer .btn-primary:not(:disabled)"),
            ("click", ".modal-title"),
        ),
        crop=".modal-content",
    ),
    Picture(
        "docs/guide/images/queues",
        "admin",
        "/odoo/lead-queues",
        (("place", ".o_kanban_record"),),
        size=(1280, 400),
    ),
    Picture(
        "docs/guide/images/rules",
        "admin",
        "/odoo/lead-assignment-rules",
        (open_row("New leads"), ("place", ".o_form_view .o_data_row")),
        size=(1280, 560),
    ),
    Picture(
        "docs/guide/images/import",
        "admin",
        "/odoo/all-leads",
        (
            ("click", ".o_menu_sections button:contains(Leads)"),
            ("click", ".o-dropdown--menu .dropdown-item:contains(Import Leads)"),
            (
                "upload",
                "input.o_input_file",
                str(REPO / "lead_management_import/tests/data/company_list.csv"),
            ),
            ("place", ".o_import_data_content .alert"),
        ),
        size=(1366, 800),
    ),
    Picture(
        "docs/guide/images/neglected",
        "admin",
        "/odoo/neglected-leads",
        (("place", ".o_data_row"),),
        size=(1280, 420),
    ),
    Picture(
        "docs/guide/images/by-source",
        "admin",
        "/odoo/leads-by-source",
        (("place", ".o_group_header"),),
        size=(1280, 560),
    ),
    Picture(
        "docs/guide/images/duplicate-leads",
        "admin",
        "/odoo/duplicate-leads",
        (("place", ".o_data_row"),),
        size=(1280, 360),
    ),
    Picture(
        "docs/guide/images/known-as",
        "admin",
        "/odoo/learned-names",
        (
            open_row("AI Furniture"),
            ("click", ".o_form_view [name=partner_id] a"),
            open_tab("learned_names"),
            ("place", "[name=alias_ids] .o_data_row"),
        ),
        size=(1280, 720),
    ),
    Picture(
        "docs/guide/images/ledger",
        "admin",
        "/odoo/lead-conversions",
        (("place", ".o_data_row"),),
        size=(1280, 400),
    ),
)

# These leave something behind.
LAST = (
    Picture(
        "docs/guide/images/simulator",
        "admin",
        "/odoo/lead-assignment-rules",
        (
            open_row("New leads"),
            ("click", ".o_form_statusbar button:contains(Edit in a draft)"),
            ("click", ".o_form_statusbar button:contains(Simulate)"),
            ("click", ".o_form_statusbar button:contains(Run)"),
            ("place", "button[name=action_open_moves]"),
            open_tab("holders"),
            ("place", "[name=holder_line_ids] .o_data_row"),
        ),
        size=(1280, 800),
    ),
    Picture(
        "docs/guide/images/separate",
        "admin",
        "/odoo/duplicate-leads",
        (
            ("click", ".o_data_row button[name=action_merge]"),
            ("click", ".modal button[name=action_merge]"),
            ("place", ".o_form_view .o_lead_title"),
            ("click", "button[name=action_open_merges]"),
            ("click", ".o_data_row button[name=action_review_separate]"),
            ("place", ".modal li"),
        ),
        crop=".modal-content",
        size=(1366, 900),
    ),
)
