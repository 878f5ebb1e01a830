import { registry } from "@web/core/registry";

const status = (name) => `.o_field_lead_status_path .o_arrow_button:contains(${name})`;
const current = (name) => `.o_field_lead_status_path .o_arrow_button_current:contains(${name})`;

// A salesperson walks a lead along the path, tries a move that is not allowed, and
// gives it up with a reason.
registry.category("web_tour.tours").add("lead_status_path", {
    steps: () => [
        { trigger: current("New") },
        { trigger: ".o_lead_status_guidance:contains(Find out who this is)" },
        { trigger: status("Recycled"), run: "click" },
        {
            content: "The refusal says which moves are possible",
            trigger:
                ".o_error_dialog:contains('Assigned or Dead'), .modal:contains('Assigned or Dead')",
        },
        { trigger: ".modal .btn-primary:contains(Close)", run: "click" },
        { content: "The lead is as it was", trigger: current("New") },
        { trigger: status("Assigned"), run: "click" },
        { trigger: current("Assigned") },
        { trigger: ".o_lead_status_guidance:contains(Make first contact)" },
        { trigger: status("In Process"), run: "click" },
        { trigger: current("In Process") },
        { trigger: "button[name]:contains(Dead)", run: "click" },
        {
            trigger: ".modal .o_selection_badge:contains(Too expensive)",
            run: "click",
        },
        { trigger: ".modal .o_selection_badge.active:contains(Too expensive)" },
        { trigger: ".modal button[name=action_lost_reason_apply]", run: "click" },
        { trigger: current("Dead") },
        { trigger: current("Dead") },
        { trigger: "button[name=action_restore]", run: "click" },
        { content: "It has the status it had", trigger: current("In Process") },
    ],
});

// A salesperson logs a call that was planned, then another while the form can't be saved.
registry.category("web_tour.tours").add("lead_status_follows", {
    steps: () => [
        { trigger: current("Assigned") },
        {
            trigger: ".o-mail-Activity:contains(First call) .o-mail-Activity-markDone",
            run: "click",
        },
        { trigger: ".o-mail-ActivityMarkAsDone button[aria-label=Done]", run: "click" },
        { content: "The path moves with the chatter", trigger: current("In Process") },
        { trigger: "[name=best_call_time] input", run: "edit Mornings" },
        { trigger: "[name=partner_name] input:visible", run: "clear" },
        {
            trigger: ".o-mail-Activity:contains(Second call) .o-mail-Activity-markDone",
            run: "click",
        },
        { trigger: ".o-mail-ActivityMarkAsDone button[aria-label=Done]", run: "click" },
        { trigger: ".o_form_view:not(:has(.o-mail-Activity))" },
        {
            content: "What can't be saved yet is there as it was typed",
            trigger: "[name=best_call_time] input:value(Mornings)",
        },
        { trigger: "[name=partner_name] input:visible", run: "edit Acme Tours" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
    ],
});

// Opens the star rules and applies them, with and without a selection.
registry.category("web_tour.tours").add("lead_star_rules_apply", {
    steps: () => [
        { trigger: ".o_data_row .o_list_record_selector input", run: "click" },
        {
            trigger: ".o_control_panel:contains(selected) button[name=action_apply_to_all]",
            run: "click",
        },
        { trigger: ".o_notification:contains(Open leads that got other stars)" },
        { trigger: ".o_notification_close", run: "click" },
        {
            content: "The list was read anew, which forgets what was selected",
            trigger: ".o_control_panel:not(:contains(selected)) button[name=action_apply_to_all]",
            run: "click",
        },
        { trigger: ".o_notification:contains(Open leads that got other stars)" },
    ],
});

// The same by dragging cards between the columns of the kanban view.
registry.category("web_tour.tours").add("lead_status_kanban", {
    url: "/odoo/action-crm.crm_lead_all_leads",
    steps: () => [
        { trigger: ".o_list_view" },
        { trigger: ".o_switch_view.o_kanban", run: "click" },
        {
            content: "Forbidden: from New to In Process",
            trigger: ".o_kanban_group:contains(New) .o_kanban_record:contains(Jane Doe)",
            run: "drag_and_drop (.o_kanban_group:has(.o_column_title:contains(In Process)))",
        },
        { trigger: ".modal:contains(become In Process)" },
        { trigger: ".modal .btn-primary:contains(Close)", run: "click" },
        {
            content: "The card is back; now where it may go",
            trigger: ".o_kanban_group:contains(New) .o_kanban_record:contains(Jane Doe)",
            run: "drag_and_drop (.o_kanban_group:has(.o_column_title:contains(Assigned)))",
        },
        { trigger: ".o_kanban_group:contains(Assigned) .o_kanban_record:contains(Jane Doe)" },
        {
            content: "No lead begins as converted",
            trigger: ".o_kanban_group.o_column_folded:contains(Converted)",
            run: "click",
        },
        {
            trigger:
                ".o_kanban_group:not(.o_column_folded):contains(Converted):not(:has(.o_kanban_quick_add))",
        },
        { trigger: ".o_kanban_group:contains(Assigned) .o_kanban_quick_add" },
    ],
});
