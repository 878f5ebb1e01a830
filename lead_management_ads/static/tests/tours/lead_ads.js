import { registry } from "@web/core/registry";

const field = (name) => `.o_field_widget[name=${name}]`;

// A manager says what counts as a success, and takes the file for the platform.
registry.category("web_tour.tours").add("lead_ads", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: `${field("name")} input`, run: "edit Good lead" },
        { trigger: `${field("platform")} input`, run: "click" },
        { trigger: ".o_select_menu_item:contains(Google Ads)", run: "click" },
        { trigger: `${field("status_ids")} input`, run: "edit In Process" },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(/^In Process$/)",
            run: "click",
        },
        { trigger: `${field("purpose_id")} input`, run: "edit Calls" },
        { trigger: ".o-autocomplete--dropdown-item:contains(/^Calls$/)", run: "click" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
        { trigger: "button[name=action_collect]", run: "click" },
        {
            content: "The lead that came by an ad and has agreed is listed",
            trigger: `${field("ready_count")}:contains(1)`,
        },
        { trigger: "button[name=action_download]", run: "click" },
        {
            content: "What the file has is counted at once, and not handed out again",
            trigger: `${field("done_count")}:contains(1)`,
        },
    ],
});
