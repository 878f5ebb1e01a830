"""The pictures of the documentation."""

from dataclasses import replace

from .picture import Picture, open_row, open_tab
from .picture_sales import LAST, MANAGER, SALESPERSON

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
            ("top", "h2:contains(Lead Management)"),
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

# The one that moves leaves a lead behind, too.
PICTURES = (*SALESPERSON, *MANAGER, *MARKETING, *ADMIN, *STORE, *LAST, FILM)
