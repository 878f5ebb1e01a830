import { registry } from "@web/core/registry";
import { lazyComponent } from "@lead_management/lazy_component/lazy_component";

const widgets = registry.category("view_widgets");
widgets.add("lead_news", { component: lazyComponent("lead_management_news.LeadNews") });
widgets.add("lead_posts", { component: lazyComponent("lead_management_news.LeadPosts") });
