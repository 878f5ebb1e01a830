import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { LeadUnreadMenu } from "@lead_management/lead_unread/lead_unread_menu";
import {
    contains,
    getService,
    makeMockEnv,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { user } from "@web/core/user";

defineMailModels();

let unread, isOffline, isRead;
beforeEach(() => {
    unread = 3;
    isRead = true;
    isOffline = false;
    onRpc("crm.lead", "get_unread_count", () => {
        expect.step("count");
        if (isOffline) {
            throw makeServerError();
        }
        return unread;
    });
    onRpc("crm.lead", "mark_as_read", ({ args }) => {
        expect.step(["read", args[0][0]]);
        if (isOffline) {
            throw makeServerError();
        }
        return isRead;
    });
});

async function start() {
    await makeMockEnv();
    return getService("lead_unread");
}

const LEAD = { type: "lead", is_unread: true };

test("a count that fails shows nothing, and no error", async () => {
    const service = await start();
    await service.count();
    expect(service.state.count).toBe(3);
    isOffline = true;
    await service.count();
    expect(service.state.count).toBe(0);
    expect.verifySteps(["count", "count"]);
});

test("walking through the screens counts twice a minute at most", async () => {
    const service = await start();
    service.countSometimes();
    service.countSometimes();
    await advanceTime(29000);
    service.countSometimes();
    await animationFrame();
    expect.verifySteps(["count"]);
    await advanceTime(2000);
    service.countSometimes();
    await animationFrame();
    expect.verifySteps(["count"]);
});

test("the server hears of a lead that is opened, once", async () => {
    const service = await start();
    await service.opened(7, LEAD);
    expect.verifySteps([["read", 7], "count"]);
    await service.opened(7, { type: "lead", is_unread: false });
    expect.verifySteps([]);
    isRead = false;
    await service.opened(8, { type: "lead", is_unread: false });
    await service.opened(7, { type: "lead", is_unread: false });
    expect.verifySteps([
        ["read", 8],
        ["read", 7],
    ]);
});

test("a lead that somebody made unread again is read again", async () => {
    const service = await start();
    await service.opened(7, LEAD);
    await service.opened(7, LEAD);
    expect.verifySteps([["read", 7], "count", ["read", 7], "count"]);
});

test("neither an opportunity nor a new lead is reported", async () => {
    const service = await start();
    await service.opened(7, { type: "opportunity", is_unread: true });
    await service.opened(false, LEAD);
    await service.opened(7);
    expect.verifySteps([]);
});

test("what the server did not hear is said again the next time", async () => {
    const service = await start();
    isOffline = true;
    await service.opened(7, { type: "lead", is_unread: false });
    isOffline = false;
    await service.opened(7, { type: "lead", is_unread: false });
    expect.verifySteps([["read", 7], ["read", 7], "count"]);
});

test("the counter opens the unread leads, and is gone without any", async () => {
    patchWithCleanup(user, { hasGroup: async () => true });
    mockService("action", { doAction: (action) => expect.step(action) });
    await mountWithCleanup(LeadUnreadMenu);
    await animationFrame();
    expect(".o_lead_unread_menu .badge").toHaveText("3");
    await contains(".o_lead_unread_menu").click();
    expect.verifySteps(["count", "lead_management.crm_lead_action_unread"]);
    unread = 0;
    await getService("lead_unread").count();
    await animationFrame();
    expect(".o_lead_unread_menu").toHaveCount(0);
    expect.verifySteps(["count"]);
});

test("who sells nothing has no counter, and asks for none", async () => {
    patchWithCleanup(user, { hasGroup: async () => false });
    await mountWithCleanup(LeadUnreadMenu);
    await animationFrame();
    expect(".o_lead_unread_menu").toHaveCount(0);
    expect.verifySteps([]);
});
