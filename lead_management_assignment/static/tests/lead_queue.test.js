import { LeadHome } from "@lead_management/lead_home/lazy/lead_home";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { rpc } from "@web/core/network/rpc";
import { getDefaultConfig } from "@web/views/view";

defineMailModels();

const HOME = {
    sources: [],
    required: {},
    recent: [],
    views: [],
    key_leads: [],
    queues: [{ id: 4, label: "Europe", count: 12 }],
    count_limit: 1000,
    tasks: { items: [], count: 0 },
    charts: [],
    tools: [],
};

test("who was too late to claim a lead reads so in a notice, not in a dialog", async () => {
    expect.errors(1);
    onRpc("/claim", () => {
        throw makeServerError({
            errorName: "odoo.addons.lead_management_assignment.exceptions.ClaimRefused",
            message: "Marc Demo was faster.",
        });
    });
    await mountWithCleanup(MainComponentsContainer);
    rpc("/claim");
    await animationFrame();
    await animationFrame();
    expect.verifyErrors([/Marc Demo was faster/]);
    expect(".o_dialog").toHaveCount(0);
    expect(".o_notification").toHaveText(/Not yours[^]*Marc Demo was faster\./);
    expect(".o_notification_bar").toHaveClass("bg-warning");
});

test("a queue of Lead Home opens the leads that can be claimed from it", async () => {
    onRpc("crm.lead", "get_lead_home", () => HOME);
    mockService("action", {
        doAction: (action, { additionalContext }) => expect.step([action, additionalContext]),
    });
    await mountWithCleanup(LeadHome, {
        props: { action: {}, actionId: 1 },
        componentEnv: { config: getDefaultConfig() },
    });
    await animationFrame();
    expect("[data-queue='4']").toHaveText("Europe\n12");
    await contains("[data-queue='4']").click();
    expect.verifySteps([
        [
            "lead_management_assignment.crm_lead_action_to_claim",
            { search_default_open: 0, search_default_queue_id: 4 },
        ],
    ]);
});
