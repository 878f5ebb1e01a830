import { registry } from "@web/core/registry";

const status = (name) => `.o_field_lead_status_path .o_arrow_button:contains(${name})`;
const current = (name) =>
    `.o_field_lead_status_path .o_arrow_button_current:contains(${name})`;

// A salesperson walks a lead along the path, tries a move that is not allowed, and
// gives it up with a reason.
registry.category("web_tour.tours").add("lead_status_path", {
    steps: () => [
        { trigger: current("New") },
        { trigger: ".o_lead_status_guidance:contains(Find out who this is)" },
        { trigger: status("Recycled"), run: "click" },
        {
            content: "The refusal says which moves are possible",
            trigger: ".o_error_dialog:contains('Assigned or Dead'), .modal:contains('Assigned or Dead')",
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
        { trigger: ".ribbon:contains(Lost)" },
        { trigger: "button[name=action_restore]", run: "click" },
        { trigger: current("Recycled") },
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
