import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { edit, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Account extends models.Model {
    name = fields.Char();
    display_name = fields.Char();

    _records = [
        { id: 20, name: "Acme Ltd", display_name: "Acme Ltd" },
        { id: 21, name: "Jane Doe", display_name: "Jane Doe" },
    ];
}

class Lead extends models.Model {
    _name = "crm.lead";

    partner_name = fields.Char();
    contact_name = fields.Char();
    website = fields.Char();
    email_from = fields.Char();
    partner_id = fields.Many2one({ relation: "account" });
    account_id = fields.Many2one({ relation: "account" });
    account_contact_id = fields.Many2one({ relation: "account" });

    _records = [
        { id: 1, partner_name: "Acme" },
        { id: 2, partner_name: "Acme", partner_id: 20 },
    ];
}

defineMailModels();
defineModels([Account, Lead]);

const ACME = { id: 20, display_name: "Acme Ltd", score: 0.934, reasons: ["same web site"] };
const JANE = { id: 21, display_name: "Jane Doe", score: 0.9, reasons: [] };

let answers;
beforeEach(() => {
    answers = [];
    onRpc("crm.lead", "find_possible_accounts", ({ args }) => {
        const { partner_name, email_from } = args[0];
        expect.step([partner_name, email_from]);
        return answers.length ? answers.shift() : { accounts: [ACME], account_count: 1 };
    });
});

function mountLead(resId) {
    return mountView({
        type: "form",
        resModel: "crm.lead",
        resId,
        arch: `<form>
            <div name="button_box"><widget name="account_match_buttons"/></div>
            <widget name="account_match"/>
            <field name="partner_name"/><field name="contact_name"/>
            <field name="website"/><field name="email_from"/>
            <field name="partner_id"/><field name="account_id"/><field name="account_contact_id"/>
        </form>`,
    });
}

async function type(name, text) {
    queryOne(`[name=${name}] input`).focus();
    await edit(text);
}

/** Wait as long as the widget does before it asks. */
async function pause() {
    await advanceTime(300);
    await animationFrame();
}

test("the server is asked while a company is typed, once nobody types any more", async () => {
    await mountLead();
    await pause();
    expect.verifySteps([]);
    await type("partner_name", "Ac");
    await advanceTime(150);
    await type("partner_name", "Acme");
    await advanceTime(150);
    expect.verifySteps([]);
    await pause();
    expect.verifySteps([["Acme", ""]]);
    expect(".o_account_match_account").toHaveText(/Acme Ltd looks like this company/);
    expect(".o_account_match_account").toHaveText(/same web site, 93%/);
});

test("what does not matter, and what was asked already, is not asked", async () => {
    await mountLead(1);
    await pause();
    expect.verifySteps([["Acme", ""]]);
    await type("partner_name", "Acme");
    await pause();
    expect.verifySteps([]);
});

test("a late answer to an earlier question is not shown", async () => {
    const late = new Deferred();
    answers = [late, { accounts: [{ ...ACME, display_name: "Globex" }] }];
    await mountLead();
    await type("partner_name", "Acme");
    await pause();
    await type("partner_name", "Globex");
    await pause();
    late.resolve({ accounts: [ACME] });
    await animationFrame();
    expect(queryAllTexts(".o_account_match_account b")).toEqual(["Globex"]);
    expect.verifySteps([
        ["Acme", ""],
        ["Globex", ""],
    ]);
});

test("a lead that has its customer is not compared", async () => {
    await mountLead(2);
    await pause();
    expect.verifySteps([]);
    expect(".o_account_match .alert").toHaveCount(0);
});

test("the account or the contact found is taken over", async () => {
    answers = [{ accounts: [ACME], contacts: [JANE] }];
    await mountLead(1);
    await pause();
    await contains(".o_account_match_account .o_account_match_use").click();
    expect("[name=account_id] input").toHaveValue("Acme Ltd");
    await pause();
    answers = [{ contacts: [JANE] }];
    await type("email_from", "jane@acme.example");
    await pause();
    await contains(".o_account_match_contact .o_account_match_use").click();
    expect("[name=account_contact_id] input").toHaveValue("Jane Doe");
    expect("[name=partner_name] input").toHaveValue("Acme");
    expect.verifySteps([
        ["Acme", ""],
        ["Acme", ""], // with the account now
        ["Acme", "jane@acme.example"],
    ]);
});

test("what may not be opened is told without a name", async () => {
    answers = [{ hidden: 2 }];
    await mountLead(1);
    await pause();
    expect(".o_account_match_hidden").toHaveText(
        "Looks like a known company: 2 that you cannot open"
    );
    answers = [{ accounts: [ACME], hidden: 1 }];
    await type("partner_name", "Acme Rockets");
    await pause();
    expect(".o_account_match_hidden").toHaveText("and 1 you cannot open");
    expect.verifySteps([
        ["Acme", ""],
        ["Acme Rockets", ""],
    ]);
});

test("a match is opened beside what was typed, and instead of the lead when it is saved", async () => {
    mockService("dialog", { add: (_dialog, { resId }) => expect.step(`beside ${resId}`) });
    mockService("action", { doAction: ({ res_id }) => expect.step(`instead ${res_id}`) });
    await mountLead(1);
    await pause();
    await contains(".o_account_match_open").click();
    await type("partner_name", "Acme Rockets");
    await pause();
    await contains(".o_account_match_open").click();
    expect.verifySteps([["Acme", ""], "instead 20", ["Acme Rockets", ""], "beside 20"]);
});

test("buttons count and open what was found for a saved lead", async () => {
    answers = [{ accounts: [ACME], account_count: 1, contacts: [JANE], contact_count: 12 }];
    mockService("action", { doAction: (action) => expect.step(action) });
    onRpc("crm.lead", "action_view_possible_contacts", ({ args }) => args[0]);
    await mountLead(1);
    await pause();
    expect(queryAllTexts(".oe_stat_button")).toEqual([
        "1\nPossible account",
        "12\nPossible contacts",
    ]);
    await contains(".oe_stat_button[name=action_view_possible_contacts]").click();
    expect.verifySteps([["Acme", ""], [1]]);
});

test("a lead that is not saved yet has no such buttons", async () => {
    await mountLead();
    await type("partner_name", "Acme");
    await pause();
    expect(".o_account_match_account").toHaveCount(1);
    expect(".oe_stat_button").toHaveCount(0);
    expect.verifySteps([["Acme", ""]]);
});
