"""The pictures of the documentation: which page, seen by whom, after doing what."""

from dataclasses import dataclass, replace

from tooling.settings import REPO

LARGE = (1280, 720)
PHONE = (400, 780)


@dataclass(frozen=True)
class Picture:
    """One picture; `file` in the repository is where it goes.

    Selectors are those of style sheets; `:contains(text)` at the end is understood too.
    """

    name: str
    login: str  # of a user of the demo data; empty for a visitor
    path: str
    # What is done before: (place, selector), (click, selector), (type, selector, text),
    # (upload, selector, file)
    steps: tuple = ()
    crop: str = ""  # the element that is shown, instead of the whole window
    padding: int = 0  # of what is around it
    size: tuple = LARGE
    is_phone: bool = False
    # Shows the steps, too, as WebP; ("show", seconds) among them gives time to read.
    is_moving: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.{'webp' if self.is_moving else 'png'}"


def open_row(text: str) -> tuple:
    """Return the step that opens a record from the list it is in."""
    return ("click", f".o_data_row td:contains({text})")


def open_tab(name: str) -> tuple:
    return ("click", f".o_notebook .nav-link[name={name}]")


FILM = Picture(
    "docs/images/convert-and-undo",
    "demo",
    "/odoo/my-leads/new",
    (
        ("type", ".o_lead_title [name=contact_first_name] input", "Clara"),
        ("type", ".o_lead_title [name=contact_last_name] input", "Testwell"),
        ("type", ".o_lead_title [name=partner_name] input", "Admiral"),
        ("place", ".o_account_match"),
        ("show", 1.5),
        ("click", ".o_account_match_use"),
        ("click", ".o_form_button_save"),
        ("click", ".o_statusbar_buttons button[data-hotkey=v]"),
        ("place", ".modal button[name=action_apply]"),
        ("show", 2),
        ("click", ".modal button[name=action_apply]"),
        ("place", ".o_lead_notice button:contains(Undo)"),
        ("show", 2),
        ("click", ".o_lead_notice button:contains(Undo)"),
        ("place", ".modal button[name=action_apply]"),
        ("show", 1.5),
        ("click", ".modal button[name=action_apply]"),
        ("place", ".o_statusbar_buttons button[data-hotkey=v]"),
        ("show", 3),
    ),
    size=(1100, 620),
    is_moving=True,
)

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
        "docs/guide/images/ledger",
        "admin",
        "/odoo/lead-conversions",
        (("place", ".o_data_row"),),
        size=(1280, 400),
    ),
)

MARKETING = (
    Picture(
        "docs/guide/images/web-form",
        "admin",
        "/odoo/lead-forms",
        (
            ("click", ".o_kanban_record:contains(Contact us)"),
            ("place", ".o_capture_preview iframe"),
        ),
        size=(1366, 800),
    ),
    Picture(
        "docs/guide/images/submissions",
        "admin",
        "/odoo/web-form-submissions",
        (("place", ".o_data_row"),),
        size=(1280, 360),
    ),
    Picture(
        "docs/guide/images/form-key",
        "admin",
        "/odoo/lead-forms",
        (
            ("click", ".o_kanban_record:contains(Contact us)"),
            open_tab("programs"),
            ("click", "button[name=action_new_key]"),
            ("place", ".modal .o_field_widget"),
        ),
        crop=".modal-content",
    ),
    Picture(
        "docs/guide/images/webhook",
        "admin",
        "/odoo/lead-webhooks",
        (
            open_row("Chat on the shop"),
            ("place", ".o_field_widget[name=line_ids] .o_data_row"),
        ),
        size=(1280, 760),
    ),
    Picture(
        "docs/guide/images/ad-goal",
        "admin",
        "/odoo/lead-ad-conversions",
        (open_row("Qualified lead"), ("place", ".o_field_widget[name=purpose_id]")),
        size=(1280, 560),
    ),
    Picture(
        "docs/guide/images/campaign",
        "admin",
        "/odoo/campaign-members",
        (("place", ".o_data_row"),),
        size=(1280, 480),
    ),
)

ADMIN = (
    Picture(
        "docs/guide/images/settings",
        "admin",
        "/odoo/settings#crm",
        (
            ("click", ".settings_tab .tab[data-key=crm]"),
            ("place", "h2:contains(Lead Management)"),
            # Further down, so that the title is at the top
            ("place", ".o_setting_box:contains(Who converted a lead)"),
        ),
        size=(1280, 900),
    ),
    Picture(
        "docs/guide/images/statuses",
        "admin",
        "/odoo/lead-statuses",
        (("place", ".o_data_row"),),
        size=(1280, 420),
    ),
    Picture(
        "docs/guide/images/mapping",
        "admin",
        "/odoo/lead-conversion-mapping",
        (("place", ".o_data_row"),),
        size=(1280, 480),
    ),
    Picture(
        "docs/guide/images/star-rules",
        "admin",
        "/odoo/lead-star-rules",
        (("place", ".o_data_row"),),
        size=(1280, 420),
    ),
    Picture(
        "docs/guide/images/feeds",
        "admin",
        "/odoo/lead-feeds",
        (("place", ".o_data_row"),),
        size=(1280, 400),
    ),
)

STORE = tuple(
    replace(picture, name=f"lead_management/static/description/{name}")
    for name, picture in (
        ("lead_home", SALESPERSON[0]),
        ("lead_form", SALESPERSON[1]),
        ("account_match", SALESPERSON[4]),
        ("web_form", MARKETING[0]),
        ("status_path", MANAGER[0]),
    )
)

# The one that moves leaves a lead behind: last
PICTURES = (*SALESPERSON, *MANAGER, *MARKETING, *ADMIN, *STORE, FILM)
