import { haveAllLoaded } from "@lead_management/../tests/lead_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { runAllTimers } from "@odoo/hoot-mock";
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
    share = fields.Boolean();

    _records = [
        { id: 20, name: "Acme Ltd" },
        { id: 21, name: "Acme Inc" },
        { id: 22, name: "Jane Doe" },
    ];
}

const account = () => fields.Many2one({ relation: "account" });

class Wizard extends models.Model {
    choices = fields.Json();
    account_id = account();
    contact_id = account();
    commercial_partner_id = account();
    partner_id = account();
    same_person_id = account();
    is_new_account = fields.Boolean();
    action = fields.Selection({
        selection: [
            ["create", "Create"],
            ["exist", "Link"],
        ],
    });
    result = fields.Selection({
        selection: [
            ["new", "New opportunity"],
            ["existing", "Existing opportunity"],
        ],
        default: "new",
    });
    has_opportunities = fields.Boolean();
    value = fields.Char();
    value_id = fields.Integer();
    comodel = fields.Char();
    field_name = fields.Char();
}

haveAllLoaded();
defineMailModels();
defineModels([Account, Wizard]);

function mountWizard(record, content) {
    Wizard._records = [{ id: 1, ...record }];
    onRpc("wizard", "web_save", ({ args }) => {
        expect.step(args[1]);
    });
    return mountView({
        type: "form",
        resModel: "wizard",
        resId: 1,
        arch: `<form>${content}</form>`,
    });
}

const save = () => contains(".o_form_button_save").click();
const hidden = (name) => `<field name="${name}" invisible="1"/>`;
const CHOICE = [
    "account_id",
    "contact_id",
    "commercial_partner_id",
    "partner_id",
    "same_person_id",
    "is_new_account",
    "action",
]
    .map(hidden)
    .join("");
const ACCOUNT = `${CHOICE}<field name="choices" widget="lead_conversion_account"/>`;
const CONTACT = `${CHOICE}<field name="choices" widget="lead_conversion_contact"/>`;
const CARDS = ".o_lead_conversion_choice button";
const LTD = {
    id: 20,
    display_name: "Acme Ltd",
    score: 0.934,
    reasons: ["same name"],
    is_usable: true,
};
const INC = { ...LTD, id: 21, display_name: "Acme Inc", score: 1, is_usable: false };
const JANE = { ...LTD, id: 22, display_name: "Jane Doe", account_id: 21, account: "Acme Inc" };

test("each account found is a card, with what speaks for it", async () => {
    await mountWizard(
        { choices: { new: "Acme", matches: [LTD, INC], hidden: 3 }, account_id: 20 },
        ACCOUNT
    );
    expect(queryAllTexts(`${CARDS} b`)).toEqual(["Acme Ltd", "Acme Inc", "Acme"]);
    expect(`${CARDS}:first`).toHaveText(/93%/);
    expect(`${CARDS}:first`).toHaveAttribute("aria-checked", "true");
    expect(`${CARDS}[aria-checked=true]`).toHaveCount(1);
    expect(".o_lead_conversion_hidden").toHaveText("3 more that you cannot open");
});

test("a sure match shows no percentage, and one that may not be used is no choice", async () => {
    await mountWizard({ choices: { matches: [LTD, INC] } }, ACCOUNT);
    expect(`${CARDS}:contains(Acme Inc)`).not.toHaveText(/%/);
    expect(`${CARDS}:contains(Acme Inc)`).not.toBeEnabled();
});

test("a card chooses the account, the last one a new account", async () => {
    await mountWizard({ choices: { new: "Acme", matches: [LTD] } }, ACCOUNT);
    expect(`${CARDS}:last`).toHaveAttribute("aria-checked", "true");
    await contains(`${CARDS}:first`).click();
    await save();
    expect.verifySteps([{ commercial_partner_id: 20 }]);
});

test("a new account leaves none of the chosen one", async () => {
    await mountWizard(
        {
            choices: { new: "Acme", matches: [LTD] },
            account_id: 20,
            commercial_partner_id: 20,
            action: "exist",
        },
        ACCOUNT
    );
    await contains(`${CARDS}:last`).click();
    await save();
    expect.verifySteps([{ commercial_partner_id: false, action: "create", is_new_account: true }]);
});

test("an account that was chosen is shown, though it was not found", async () => {
    await mountWizard({ choices: { new: "Acme", matches: [LTD] }, account_id: 21 }, ACCOUNT);
    expect(queryAllTexts(`${CARDS} b`)).toEqual(["Acme Ltd", "Acme Inc", "Acme"]);
    expect(`${CARDS}[aria-checked=true]`).toHaveText(/Acme Inc/);
});

test("a person without a company stays one", async () => {
    await mountWizard({ choices: { new: "Acme", matches: [] }, contact_id: 22 }, ACCOUNT);
    expect(`${CARDS}[aria-checked=true]`).toHaveCount(1);
    expect(`${CARDS}[aria-checked=true]`).toHaveText(/^Jane Doe[^]*a person without a company/);
});

test("a contact of another account is that one, or the same person here", async () => {
    await mountWizard(
        {
            choices: { new: "Jane Doe", matches: [{ ...JANE, is_same_email: true }] },
            account_id: 20,
        },
        CONTACT
    );
    expect(queryAllTexts(`${CARDS} b`)).toEqual(["Jane Doe", "Jane Doe", "Jane Doe"]);
    expect(`${CARDS}:eq(1)`).toHaveText(/same person as Jane Doe \(Acme Inc\)/);
    await contains(`${CARDS}:eq(1)`).click();
    await save();
    expect.verifySteps([{ action: "create", partner_id: false, same_person_id: 22 }]);
});

test("a contact of this account is one person, and needs no second card", async () => {
    const own = { ...JANE, account_id: 20, account: "Acme Ltd", is_same_email: true };
    await mountWizard({ choices: { new: "Jane Doe", matches: [own] }, account_id: 20 }, CONTACT);
    expect(CARDS).toHaveCount(2);
    await contains(`${CARDS}:first`).click();
    await save();
    expect.verifySteps([{ action: "exist", partner_id: 22, same_person_id: false }]);
});

test("an existing opportunity is a result only where there is one", async () => {
    const field = `<field name="has_opportunities" invisible="1"/>
        <field name="result" widget="lead_conversion_result"/>`;
    await mountWizard({ result: "new", has_opportunities: false }, field);
    expect(queryAllTexts(".o_field_radio label")).toEqual(["New opportunity"]);
});

test("long lists of a plan are shown in part, until all is asked for", async () => {
    const problems = [...Array(11).keys()].map((id) => ({
        id: id + 1,
        lead: `Lead ${id + 1}`,
        reason: "No company",
    }));
    mockService("action", { doAction: ({ res_id }) => expect.step(res_id) });
    await mountWizard(
        {
            choices: {
                problems,
                accounts: [{ name: "Acme", reasons: [], leads: ["A", "B", "C", "D", "E"] }],
            },
        },
        `<field name="choices" widget="lead_conversion_plan"/>`
    );
    expect(".o_lead_conversion_accounts").toHaveText(/of 5 leads[^]*Acme:\s*A, B, C \+2/);
    expect(".o_lead_conversion_problems li").toHaveCount(8);
    await contains(".o_lead_conversion_problems .btn-link:contains(3 more)").click();
    expect(".o_lead_conversion_problems li").toHaveCount(11);
    expect(".o_lead_conversion_problems .btn-link").toHaveCount(0);
    await contains(".o_lead_conversion_problems li:last a").click();
    expect.verifySteps([11]);
});

const VALUE =
    ["comodel", "value_id", "field_name"].map(hidden).join("") +
    `<field name="value" widget="lead_conversion_value"/>`;

test("a value of the review is typed", async () => {
    await mountWizard({ value: "Acme", field_name: "name" }, VALUE);
    await contains("[name=value] input").edit("Acme Ltd");
    await save();
    expect.verifySteps([{ value: "Acme Ltd" }]);
});

test("a value that is a record is chosen, and can be emptied", async () => {
    await mountWizard(
        { value: "Acme Inc", value_id: 21, comodel: "account", field_name: "user_id" },
        VALUE
    );
    onRpc("account", "web_name_search", ({ kwargs }) => {
        expect.step(kwargs.domain);
    });
    expect("[name=value] input").toHaveValue("Acme Inc");
    await contains("[name=value] input").edit("Jane", { confirm: false });
    await runAllTimers();
    await contains(".o-autocomplete--dropdown-item:contains(Jane Doe)").click();
    await save();
    expect.verifySteps([[["share", "=", false]], { value: "Jane Doe", value_id: 22 }]);
    await contains("[name=value] input").clear({ confirm: "blur" });
    await save();
    expect.verifySteps([{ value: false, value_id: 0 }]);
});
