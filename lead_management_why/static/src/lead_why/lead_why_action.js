import { registry } from "@web/core/registry";
import { lazyComponent } from "@lead_management/lazy_component/lazy_component";

registry.category("actions").add("lead_why", lazyComponent("lead_management_why.LeadWhy"));
