import {
    EMPTY_DRAFT,
    LeadQuickAddition,
    quickHints,
} from "@lead_management/lead_home/lazy/lead_quick_addition";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { edit, press, queryOne } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

defineMailModels();

let found, saved;
beforeEach(() => {
    // Those of other addons
    patchWithCleanup(quickHints, { getEntries: () => [] });
    found = { accounts: [], contacts: [], hidden: 0 };
    saved = Promise.resolve([7]);
    onRpc("crm.lead", "find_possible_accounts", ({ args }) => {
        expect.step(["find", args[0].partner_name]);
        return found;
    });
    onRpc("crm.lead", "create", ({ args }) => {
        expect.step(["create", args[0][0]]);
        return saved;
    });
});

async function mountBox(required = {}) {
    const draft = { values: { ...EMPTY_DRAFT }, account: null };
    await mountWithCleanup(LeadQuickAddition, {
        props: {
            sources: [{ id: 3, display_name: "Trade fair" }],
            required,
            draft,
            onAdded: () => expect.step("added"),
            openLead: (leadId) => expect.step(["open", leadId]),
        },
    });
    await animationFrame();
}

async function type(name, text) {
    queryOne(`[name=${name}]`).focus();
    await edit(text);
    await animationFrame();
}

async function pause() {
    await advanceTime(300);
    await animationFrame();
}

const EMPTY = { type: "lead", contact_name: "", partner_name: "", email_from: "", phone: "" };

test("one begins to type at once, and Enter adds the lead", async () => {
    await mountBox();
    expect("[name=contact_name]").toBeFocused();
    await type("contact_name", "  Jane Doe ");
    await type("phone", "+1 555 0100");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([
        ["create", { ...EMPTY, contact_name: "Jane Doe", phone: "+1 555 0100", source_id: 0 }],
        "added",
    ]);
});

test("the box is ready for the next lead of the same trade fair", async () => {
    await mountBox();
    await type("partner_name", "Acme");
    await contains("[name=source_id]").select("3");
    await contains("[type=submit]").click();
    await animationFrame();
    expect("[name=partner_name]").toHaveValue("");
    expect("[name=source_id]").toHaveValue("3");
    expect("[name=contact_name]").toBeFocused();
    expect.verifySteps([["create", { ...EMPTY, partner_name: "Acme", source_id: 3 }], "added"]);
});

test("nothing is added of a phone number alone, or of spaces", async () => {
    await mountBox();
    await type("phone", "+1 555 0100");
    await type("partner_name", "   ");
    expect("[type=submit]").not.toBeEnabled();
    await press("Enter");
    await animationFrame();
    expect.verifySteps([]);
});

test("two quick Enters add one lead, and a failure keeps what was typed", async () => {
    saved = new Deferred();
    expect.errors(1);
    await mountBox();
    await type("contact_name", "Jane");
    await press("Enter");
    await press("Enter");
    saved.reject(new Error("Refused"));
    await animationFrame();
    await animationFrame();
    expect.verifyErrors([/Refused/]);
    expect("[name=contact_name]").toHaveValue("Jane");
    expect("[type=submit]").toBeEnabled();
    expect.verifySteps([["create", { ...EMPTY, contact_name: "Jane", source_id: 0 }]]);
});

test("what is required is asked for, and not sent without", async () => {
    await mountBox({ company: true });
    await type("contact_name", "Jane");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([]);
});

test("an account like it is shown while the company is typed, and used", async () => {
    found = { accounts: [{ id: 20, display_name: "Acme Ltd", score: 0.9, reasons: [] }] };
    Object.assign(found, { contacts: [], hidden: 2 });
    await mountBox();
    await type("partner_name", "Ac");
    await type("partner_name", "Acme");
    await pause();
    expect.verifySteps([["find", "Acme"]]);
    expect(".o_lead_quick_matches").toHaveText(/Acme Ltd looks like this company/);
    expect(".o_lead_quick_matches").toHaveText(/and 2 you cannot open/);
    await contains(".o_lead_quick_use").click();
    expect("[name=partner_name]").toHaveValue("Acme Ltd");
    expect("[name=partner_name]").toBeFocused();
    await press("Enter");
    await animationFrame();
    expect.verifySteps([
        ["create", { ...EMPTY, partner_name: "Acme Ltd", source_id: 0, account_id: 20 }],
        "added",
    ]);
});

test("another company is not the account chosen before", async () => {
    found.accounts = [{ id: 20, display_name: "Acme Ltd", score: 0.9, reasons: [] }];
    await mountBox();
    await type("partner_name", "Acme");
    await pause();
    await contains(".o_lead_quick_use").click();
    expect(".text-success").toHaveText(/Acme Ltd will be used/);
    found.accounts = [];
    await type("partner_name", "Globex");
    await pause();
    expect(".text-success").toHaveCount(0);
    await press("Enter");
    await animationFrame();
    expect.verifySteps([
        ["find", "Acme"],
        ["find", "Globex"],
        ["create", { ...EMPTY, partner_name: "Globex", source_id: 0 }],
        "added",
    ]);
});

test("an answer that comes after the lead was added is not shown with the next one", async () => {
    const late = new Deferred();
    found = late;
    await mountBox();
    await type("partner_name", "Acme");
    await pause();
    await press("Enter");
    await animationFrame();
    late.resolve({
        accounts: [{ id: 20, display_name: "Acme Ltd", score: 0.9, reasons: [] }],
        contacts: [],
        hidden: 0,
    });
    await animationFrame();
    await animationFrame();
    expect(".o_lead_quick_matches").toHaveCount(0);
    expect.verifySteps([
        ["find", "Acme"],
        ["create", { ...EMPTY, partner_name: "Acme", source_id: 0 }],
        "added",
    ]);
});
