import { registry } from "@web/core/registry";
import { lazyComponent } from "@lead_management/lazy_component/lazy_component";

registry.category("view_widgets").add("lead_map", {
    component: lazyComponent("lead_management_map.LeadMap"),
    fieldDependencies: [{ name: "map_at_once", type: "boolean" }],
});
