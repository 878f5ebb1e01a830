import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** One headline or post, with its age; opening it marks it as read. */
class LeadNewsItem extends Component {
    static template = "lead_management_news.LeadNewsItem";
    static props = { item: Object };

    setup() {
        this.orm = useService("orm");
    }

    /** Of posts nobody keeps who read them. */
    get isUnread() {
        const { item } = this.props;
        return "names_company" in item && !item.is_read;
    }

    get age() {
        return deserializeDateTime(this.props.item.published).toRelative();
    }

    get fullDate() {
        return deserializeDateTime(this.props.item.published).toLocaleString(
            luxon.DateTime.DATETIME_MED
        );
    }

    markAsRead() {
        const { item } = this.props;
        if (this.isUnread) {
            item.is_read = true;
            this.orm.silent.call("crm.lead.feed.item", "mark_as_read", [[item.id]]);
        }
    }
}

/** Asks for its content when its page is opened, and again for each lead. */
class LeadPage extends Component {
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ answer: null });
        this.keepLast = new KeepLast();
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps(({ record }) => {
            if (record.resId !== this.leadId) {
                return this.load(record.resId);
            }
        });
    }

    async load(leadId) {
        this.leadId = leadId;
        this.state.answer = null;
        if (leadId) {
            this.state.answer = await this.call("get", leadId);
        }
    }

    /** Call a method of the lead; the answer to an earlier call never arrives. */
    call(verb, leadId) {
        const method = `${verb}_${this.constructor.content}`;
        return this.keepLast.add(this.orm.silent.call("crm.lead", method, [[leadId]]));
    }
}

/** The headlines of the lead's industry, those that name its company first. */
export class LeadNews extends LeadPage {
    static template = "lead_management_news.LeadNews";
    static components = { LeadNewsItem };
    static content = "news";

    openFeeds() {
        this.action.doAction("lead_management_news.crm_lead_feed_action");
    }
}

/** The latest posts of the lead's profiles: what is kept at once, then what is new. */
export class LeadPosts extends LeadPage {
    static template = "lead_management_news.LeadPosts";
    static components = { LeadNewsItem };
    static content = "posts";

    setup() {
        super.setup();
        this.state.isFetching = false;
    }

    async load(leadId) {
        // Who is still looked for is another lead: that answer never arrives.
        this.state.isFetching = false;
        await super.load(leadId);
        if (this.state.answer?.is_due) {
            this.fetch(leadId);
        }
    }

    async fetch(leadId) {
        this.state.isFetching = true;
        try {
            this.state.answer = await this.call("fetch", leadId);
        } finally {
            this.state.isFetching = false;
        }
    }
}

const lazyComponents = registry.category("lazy_components");
lazyComponents.add("lead_management_news.LeadNews", LeadNews);
lazyComponents.add("lead_management_news.LeadPosts", LeadPosts);
