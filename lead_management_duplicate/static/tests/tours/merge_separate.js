import { registry } from "@web/core/registry";

// A manager finds that two leads that were merged are of two people: on the lead that is
// left, the merge is taken apart.
registry.category("web_tour.tours").add("merge_separate", {
    steps: () => [
        { trigger: ".o_form_view button[name=action_open_merges]", run: "click" },
        {
            trigger: ".o_data_row:contains(Second of two) button[name=action_review_separate]",
            run: "click",
        },
        { trigger: ".modal li:contains(Second of two)" },
        { trigger: ".modal li:contains(Phone):contains(of First of two)" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { trigger: ".o_notification:contains(Second of two: separated again)" },
        {
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name=action_open_merges])) .o-mail-Message:contains(has separated)",
        },
    ],
});
