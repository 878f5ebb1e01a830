import { registry } from "@web/core/registry";

const LIST = ".o_lead_triage_list:focus";
const SELECTED = ".o_lead_triage_row[aria-selected=true]";
const DONE = ".o_lead_triage_row:eq(0):has(.fa-check)";

registry.category("web_tour.tours").add("lead_triage", {
    steps: () => [
        { trigger: ".o_lead_triage_form .o_lead_title" },
        { content: "One key gives stars", trigger: LIST, run: "press 4" },
        { trigger: `${SELECTED}:has(.fa-star:eq(3)):not(:has(.fa-star:eq(4)))` },
        { content: "Two keys close it", trigger: LIST, run: "press d" },
        { trigger: ".o_lead_triage_choice button" },
        { trigger: LIST, run: "press 1" },
        { trigger: DONE },
        { content: "One takes that back", trigger: LIST, run: "press z" },
        { trigger: `.o_lead_triage:not(:has(${DONE})) ${SELECTED}:eq(0)` },
        { content: "One converts it, and triage goes on", trigger: LIST, run: "press v" },
        { trigger: ".modal button[name=action_apply]:contains(Convert)", run: "click" },
        { trigger: ".o_lead_notice button:contains(Undo)" },
        { trigger: DONE },
        { content: "One takes that back, after a look", trigger: LIST, run: "press z" },
        { trigger: ".modal button[name=action_apply]:contains(Undo)", run: "click" },
        { trigger: `body:not(:has(.modal)) .o_lead_triage:not(:has(${DONE})) ${SELECTED}:eq(0)` },
        { trigger: ".o_lead_triage_legend [aria-keyshortcuts=n]" },
        { content: "Keys are told when asked for", trigger: LIST, run: "press ?" },
        { trigger: ".o_lead_triage:not(:has(.o_lead_triage_legend))" },
    ],
});
