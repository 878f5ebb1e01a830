import { LeadHome } from "@lead_management/lead_home/lazy/lead_home";
import { quickHints } from "@lead_management/lead_home/lazy/lead_quick_addition";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { edit, queryOne } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { getDefaultConfig } from "@web/views/view";

defineMailModels();

const HOME = {
    sources: [{ id: 3, display_name: "Trade fair" }],
    required: {},
    recent: [],
    views: [
        { name: "unread", label: "Unread", icon: "fa-bell", count: 3, action: "unread_action" },
        { name: "all", label: "All", icon: "fa-star", count: 1000, action: "all_action" },
    ],
    key_leads: [],
    count_limit: 1000,
    tasks: { items: [], count: 0 },
    charts: [],
    tools: [],
    lead_buttons: [],
};
const lead = (name) => ({ id: 7, name, company: "", stars: 5, score: 80 });

let answers;
beforeEach(() => {
    // Those of other addons
    patchWithCleanup(quickHints, { getEntries: () => [] });
    answers = { mine: HOME, team: { ...HOME, key_leads: [lead("Globex")] } };
    onRpc("crm.lead", "get_lead_home", ({ args }) => {
        expect.step(args[0]);
        return answers[args[0]];
    });
    mockService("action", {
        doAction: (action, options) => expect.step([action, options.additionalContext]),
    });
});

async function mountHome() {
    await mountWithCleanup(LeadHome, {
        props: { action: {}, actionId: 1 },
        componentEnv: { config: getDefaultConfig() },
    });
    await animationFrame();
}

test("a view is opened with its filter; a large number is not counted to the end", async () => {
    await mountHome();
    expect("[data-view=unread]").toHaveText("Unread\n3");
    expect("[data-view=all]").toHaveText("All\n1,000+");
    await contains("[data-view=unread]").click();
    expect.verifySteps([
        "mine",
        ["unread_action", { search_default_open: 0, search_default_unread: 1 }],
    ]);
});

test("mine and my team's are two sides of one switch, which is remembered", async () => {
    await mountHome();
    expect("button[aria-pressed=true]").toHaveText("Mine");
    expect("button[aria-pressed=false]").toHaveText("My team's");
    await contains("button[aria-pressed=false]").click();
    await animationFrame();
    expect("button[aria-pressed=true]").toHaveText("My team's");
    expect(".o_lead_home_lead").toHaveText(/Globex/);
    expect(localStorage.getItem("lead_management.home_scope")).toBe("team");
    expect.verifySteps(["mine", "team"]);
});

test("leads of the team that come late are not shown as mine", async () => {
    const late = new Deferred();
    const { team } = answers;
    answers.team = late;
    await mountHome();
    await contains("button[aria-pressed=false]").click();
    answers.mine = { ...HOME, key_leads: [lead("Acme")] };
    await contains("button[aria-pressed=false]").click();
    late.resolve(team);
    await animationFrame();
    await animationFrame();
    expect(".o_lead_home_lead").toHaveCount(1);
    expect(".o_lead_home_lead").toHaveText(/Acme/);
    expect.verifySteps(["mine", "team", "mine"]);
});

test("the form of a new lead goes on with what was typed in the box", async () => {
    await mountHome();
    queryOne("[name=partner_name]").focus();
    await edit("Acme");
    await contains("[name=source_id]").select("3");
    await contains(".o_lead_home_new").click();
    expect.verifySteps([
        "mine",
        [
            "lead_management.crm_lead_action_all",
            { default_partner_name: "Acme", default_source_id: 3 },
        ],
    ]);
});
