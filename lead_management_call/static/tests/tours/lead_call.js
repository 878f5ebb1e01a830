import { registry } from "@web/core/registry";

const outcome = (name) => `.modal [name=outcome_id] label:contains(${name})`;
const status = (name) => `.o_field_lead_status_path .o_arrow_button_current:contains(${name})`;
const notice = (text) => `.o_lead_notice:contains(${text})`;
const noDialog = { trigger: "body:not(:has(.modal))" };

// A salesperson logs a call from the form, takes it back, and logs another by the keyboard.
registry.category("web_tour.tours").add("lead_call_form", {
    steps: () => [
        { trigger: status("Assigned") },
        { trigger: "button[name=action_log_call]", run: "click" },
        { trigger: `${outcome("Reached")}:not(.active)`, run: "click" },
        { trigger: ".modal button[name=action_log]", run: "click" },
        { content: "The path moves", trigger: status("In Process") },
        { trigger: ".oe_stat_button[name=action_open_calls]:contains(1)" },
        { trigger: `${notice("Reached")} button:contains(Undo)`, run: "click" },
        { content: "It is as it was", trigger: status("Assigned") },
        { trigger: "body:not(:has(.oe_stat_button[name=action_open_calls]))" },
        { trigger: "button[name=action_log_call]", run: "click" },
        { trigger: outcome("Voicemail"), run: "click" },
        { trigger: ".modal [name=next_step] input[data-value=call]:checked + label" },
        { trigger: ".modal [name=next_date] input, .modal [name=next_date] button" },
        {
            trigger: ".modal [name=note] textarea",
            run: "edit Spoke to a machine && press Enter",
        },
        { content: "Enter has logged it", ...noDialog },
        { trigger: notice("Voicemail") },
        { trigger: status("In Process") },
        { trigger: ".o-mail-Activity:contains(Call)" },
    ],
});

// From a row of the list, and from a card.
registry.category("web_tour.tours").add("lead_call_list", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Jane Doe) button[name=action_log_call]",
            run: "click",
        },
        { trigger: outcome("Reached"), run: "click" },
        { trigger: ".modal button[name=action_log]", run: "click" },
        noDialog,
        { trigger: ".o_data_row:contains(Jane Doe):contains(In Process)" },
        { trigger: ".o_switch_view.o_kanban", run: "click" },
        {
            trigger: ".o_kanban_record:contains(Jane Doe) [name=action_log_call]",
            run: "click",
        },
        {
            content: "What came of the last call",
            trigger: ".modal [name=last_call]:contains(Reached)",
        },
        { trigger: outcome("Not reached"), run: "click" },
        { trigger: ".modal button[name=action_log]", run: "click" },
        noDialog,
        { trigger: notice("Not reached") },
    ],
});

// A task of the home page that is a call is done where it stands.
registry.category("web_tour.tours").add("lead_call_home", {
    steps: () => [
        {
            trigger:
                ".o_lead_home section[aria-label='Open tasks'] li:contains(Jane Doe) [data-method=action_log_call]",
            run: "click",
        },
        { trigger: outcome("Reached"), run: "click" },
        { trigger: ".modal button[name=action_log]", run: "click" },
        noDialog,
        { trigger: ".o_lead_home section[aria-label='Open tasks']:not(:contains(Jane Doe))" },
    ],
});

// One lead after the other: the first is skipped, and called at the end.
registry.category("web_tour.tours").add("lead_call_turn", {
    steps: () => [
        { trigger: ".o_control_panel button:contains(Call in turn)", run: "click" },
        { trigger: ".modal-title:contains(Call 1 of 2)" },
        { trigger: ".modal button:contains(Stop)", run: "click" },
        noDialog,
        {
            content: "The same where leads are cards",
            trigger: ".o_switch_view.o_kanban",
            run: "click",
        },
        { trigger: ".o_kanban_view .o_cp_action_menus button", run: "click" },
        { trigger: ".o_lead_call_turn", run: "click" },
        { trigger: ".modal-title:contains(Call 1 of 2)" },
        { trigger: ".modal button[name=action_skip]", run: "click" },
        { trigger: ".modal-title:contains(Call 2 of 2)" },
        { trigger: outcome("Not reached"), run: "click" },
        { trigger: ".modal button[name=action_log_and_next]", run: "click" },
        noDialog,
        { trigger: `${notice("one call")} button:contains(Call the skipped)`, run: "click" },
        { trigger: ".modal-title:contains(Call 1 of 1)" },
        { trigger: outcome("Not reached"), run: "click" },
        { trigger: ".modal button[name=action_log_and_next]", run: "click" },
        noDialog,
        { trigger: notice("one call was logged") },
    ],
});
