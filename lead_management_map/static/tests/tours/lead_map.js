import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("lead_map", {
    steps: () => [
        {
            content: "The map waits to be asked for",
            trigger: ".o_lead_map .o_lead_map_show",
        },
    ],
});
