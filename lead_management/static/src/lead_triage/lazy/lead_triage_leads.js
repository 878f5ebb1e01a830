import { Domain } from "@web/core/domain";
import { user } from "@web/core/user";

const PAGE = 40;
const AHEAD = 10; // so many before the end, the next page is fetched
const ORDER = "stars desc, id desc";
const FIELDS = [
    ...["contact_name", "partner_name", "name", "stars", "stars_manual"],
    ...["status_id", "status_category", "user_id", "active"],
];
const CLOSED = ["converted", "recycled", "dead"];
const MOST = 10000; // that are counted

/** The leads that one goes through, page by page, and which of them is looked at. */
export class TriageLeads {
    /**
     * @param {Object} orm
     * @param {Object} [request] `domain` and `order` of the page that one comes from;
     *  without them, the leads that wait for a decision
     * @param {Object} [left] where one was, as `export` returns it
     */
    constructor(orm, request, left) {
        this.domain = request?.domain || [
            ["type", "=", "lead"],
            ["status_category", "in", ["new", "assigned"]],
            ["user_id", "in", [user.userId, false]],
        ];
        this.order = request?.order || ORDER;
        this.read = (...args) => orm.silent.searchRead("crm.lead", ...args);
        this.count = () => orm.searchCount("crm.lead", this.domain, { limit: MOST + 1 });
        this.records = [];
        this.index = 0;
        this.total = 0;
        this.isComplete = false;
        this.isLeft = Boolean(left);
        Object.assign(this, left);
    }

    get current() {
        return this.records[this.index];
    }

    get isLast() {
        return this.index + 1 >= this.records.length;
    }

    export() {
        const { records, index, total, isComplete } = this;
        return { records, index, total, isComplete };
    }

    async start() {
        if (this.isLeft) {
            await this.refresh(this.records.map(({ id }) => id));
        } else {
            [this.total] = await Promise.all([this.count(), this.fetchMore()]);
        }
    }

    /** Who asks while a page is on its way, waits for it. */
    fetchMore() {
        this.fetching ||= this.fetchPage().finally(() => (this.fetching = null));
        return this.fetching;
    }

    async fetchPage() {
        if (this.isComplete) {
            return;
        }
        const known = this.records.map(({ id }) => id);
        const records = await this.read(
            Domain.and([this.domain, [["id", "not in", known]]]).toList(),
            FIELDS,
            { limit: PAGE, order: this.order }
        );
        this.isComplete = records.length < PAGE;
        this.records.push(...records);
    }

    /** Reads leads again, whatever became of them. */
    async refresh(leadIds) {
        const found = await this.read([["id", "in", leadIds]], FIELDS, {
            context: { active_test: false },
        });
        for (const leadId of leadIds) {
            const lead = this.find(leadId);
            if (lead) {
                Object.assign(lead, found.find(({ id }) => id === leadId) || { isGone: true });
            }
        }
    }

    find(leadId) {
        return this.records.find(({ id }) => id === leadId);
    }

    isDone(lead) {
        return Boolean(lead.isGone || CLOSED.includes(lead.status_category));
    }

    has(index) {
        return index >= 0 && index < this.records.length;
    }

    select(index) {
        this.index = index;
        if (index + AHEAD >= this.records.length) {
            this.fetchMore();
        }
    }

    get shownTotal() {
        return this.total > MOST ? `${MOST}+` : this.total;
    }
}
