import { registry } from "@web/core/registry";
import { lazyComponent } from "../lazy_component/lazy_component";

registry.category("actions").add("lead_triage", lazyComponent("lead_management.LeadTriage"));
