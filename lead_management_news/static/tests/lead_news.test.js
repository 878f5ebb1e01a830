import { haveAllLoaded } from "@lead_management/../tests/lead_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, getFixture, mockDate, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();

    _records = [
        { id: 1, name: "Acme" },
        { id: 2, name: "Globex" },
    ];
}

haveAllLoaded();
defineMailModels();
defineModels([Lead]);

const item = (id, values) => ({
    id,
    title: `Headline ${id}`,
    url: false,
    source: "Gazette",
    published: "2026-03-01 08:00:00",
    ...values,
});

beforeEach(() => mockDate("2026-03-01 12:00:00", 0));

async function mountLead(widget) {
    await mountView({
        type: "form",
        resModel: "crm.lead",
        resId: 1,
        resIds: [1, 2],
        arch: `<form><field name="name"/><widget name="${widget}"/></form>`,
    });
    await animationFrame();
}

test("a headline is bold until it is opened, which is told once", async () => {
    onRpc("crm.lead", "get_news", () => ({
        items: [
            item(5, { url: "#read", names_company: true, is_read: false }),
            item(6, { url: "#read", names_company: false, is_read: true }),
        ],
    }));
    onRpc("crm.lead.feed.item", "mark_as_read", ({ args }) => {
        expect.step(args[0]);
        return true;
    });
    await mountLead("lead_news");
    // In another tab, which the test need not open
    getFixture().addEventListener("click", (ev) => ev.preventDefault());
    expect(queryAllTexts(".o_lead_news a.fw-bold")).toEqual(["Headline 5"]);
    expect(".o_lead_news_item:first .badge").toHaveText("names the company");
    expect(".o_lead_news_item:first").toHaveText(/Gazette · 4 hours ago/);
    await contains(".o_lead_news a:contains(Headline 5)").click();
    await contains(".o_lead_news a:contains(Headline 5)").click();
    await contains(".o_lead_news a:contains(Headline 6)").click();
    expect(".o_lead_news a.fw-bold").toHaveCount(0);
    expect.verifySteps([[5]]);
});

test("posts that are slow to come are not shown with the next lead", async () => {
    const slow = new Deferred();
    const answer = (number) => ({
        profiles: [{ url: "https://acme.example/", name: "Acme", posts: [item(number)] }],
    });
    onRpc("crm.lead", "get_posts", ({ args }) => {
        const [leadId] = args[0];
        return { ...answer(leadId), is_due: leadId === 1 };
    });
    onRpc("crm.lead", "fetch_posts", () => slow);
    await mountLead("lead_posts");
    expect(".fa-spin").toHaveCount(1);
    await contains(".o_pager_next").click();
    slow.resolve(answer(8));
    await animationFrame();
    await animationFrame();
    expect(queryAllTexts(".o_lead_news_item > span")).toEqual(["Headline 2"]);
    expect(".fa-spin").toHaveCount(0);
});

test("posts that are kept are shown at once, and new ones when they are there", async () => {
    const profile = (posts) => ({ url: "https://acme.example/", name: "Acme", posts });
    const fetched = new Deferred();
    onRpc("crm.lead", "get_posts", () => ({ profiles: [profile([item(1)])], is_due: true }));
    onRpc("crm.lead", "fetch_posts", ({ args }) => {
        expect.step(args[0]);
        return fetched;
    });
    await mountLead("lead_posts");
    expect.verifySteps([[1]]);
    expect(queryAllTexts(".o_lead_news_item > span")).toEqual(["Headline 1"]);
    expect(".o_lead_posts").toHaveAttribute("aria-busy", "true");
    fetched.resolve({ profiles: [profile([item(2), item(1)])] });
    await animationFrame();
    await animationFrame();
    expect(queryAllTexts(".o_lead_news_item > span")).toEqual(["Headline 2", "Headline 1"]);
    expect(".fa-spin").toHaveCount(0);
});

test("posts that are new enough are not fetched again, and have no bold titles", async () => {
    onRpc("crm.lead", "get_posts", () => ({
        profiles: [
            { url: "https://acme.example/", name: "Acme", posts: [item(1, { url: "#read" })] },
        ],
        is_due: false,
    }));
    onRpc("crm.lead", "fetch_posts", () => {
        expect.step("fetch");
        return { profiles: [] };
    });
    await mountLead("lead_posts");
    expect.verifySteps([]);
    expect(".o_lead_news_item a").toHaveCount(1);
    expect(".o_lead_news_item a.fw-bold").toHaveCount(0);
});
