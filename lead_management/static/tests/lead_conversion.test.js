import { haveAllLoaded } from "@lead_management/../tests/lead_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    getService,
    mockService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

class Account extends models.Model {
    name = fields.Char();
    share = fields.Boolean();
    is_company = fields.Boolean();
    company_id = fields.Many2one({ relation: "account" });

    _records = [
        { id: 20, name: "Acme Ltd", is_company: true },
        { id: 21, name: "Acme Inc", is_company: true },
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
            ["opportunity", "New opportunity"],
            ["existing", "Existing opportunity"],
            ["account", "No opportunity yet"],
        ],
    });
    has_opportunities = fields.Boolean();
    opportunity_id = account();
    lead_id = account();
    lead_company_id = account();
    lead_partner_name = fields.Char();
    value = fields.Char();
    value_id = fields.Integer();
    comodel = fields.Char();
    field_name = fields.Char();
    name = fields.Selection({
        selection: [
            ["convert", "Convert"],
            ["merge", "Merge"],
        ],
    });
    duplicate_count = fields.Integer();
    address_question = fields.Json();
    shares_address = fields.Boolean();
    value_ids = fields.One2many({ relation: "line" });
}

class Line extends models.Model {
    record_name = fields.Selection({
        selection: [
            ["account", "Account"],
            ["contact", "Contact"],
        ],
    });
    field_name = fields.Char();
    field_label = fields.Char();
    current_value = fields.Char();
    value = fields.Char();
    value_id = fields.Integer();
    comodel = fields.Char();
    question = fields.Char();
    is_typed = fields.Boolean();
    is_written = fields.Boolean();
}

haveAllLoaded();
defineMailModels();
defineModels([Account, Wizard, Line]);

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
const CARDS = ".o_lead_conversion_choice label";
const NAMES = ".o_lead_conversion_title";
const CHOSEN = `${CARDS}:has(input:checked)`;
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
    expect(queryAllTexts(NAMES)).toEqual(["Acme Ltd", "Acme Inc", "Acme"]);
    expect(`${CARDS}:first`).toHaveText(/93%/);
    expect(CHOSEN).toHaveCount(1);
    expect(CHOSEN).toHaveText(/Acme Ltd/);
    expect(".o_lead_conversion_hidden").toHaveText("3 more that you cannot open");
});

test("a sure match shows no percentage, and one that may not be used is no choice", async () => {
    await mountWizard({ choices: { matches: [LTD, INC] } }, ACCOUNT);
    expect(`${CARDS}:contains(Acme Inc)`).not.toHaveText(/%/);
    expect(`${CARDS}:contains(Acme Inc) input`).not.toBeEnabled();
});

test("an option chooses the account, and a new one is to be looked at before", async () => {
    await mountWizard({ choices: { new: "Acme", matches: [LTD] } }, ACCOUNT);
    expect(CHOSEN).toHaveText(/^Acme\s*new account/);
    expect(".o_lead_conversion_doubt").toHaveText(/Is it one of these/);
    await contains(`${CARDS}:first`).click();
    expect(".o_lead_conversion_doubt").toHaveCount(0);
    await save();
    expect.verifySteps([{ commercial_partner_id: 20 }]);
});

test("another account is searched for, among those of the lead's company", async () => {
    await mountWizard(
        { choices: { new: "Acme", matches: [LTD] }, account_id: 20, lead_company_id: 22 },
        ACCOUNT
    );
    onRpc("account", "web_name_search", ({ kwargs }) => {
        expect.step(kwargs.domain);
    });
    await contains(`${CARDS}:contains(Another…)`).click();
    expect(CHOSEN).toHaveText("Another…");
    await contains(".o_lead_conversion_search input").edit("Inc", { confirm: false });
    await runAllTimers();
    await contains(".o-autocomplete--dropdown-item:contains(Acme Inc)").click();
    expect(".o_lead_conversion_search").toHaveCount(0);
    await save();
    expect.verifySteps([
        [
            ["is_company", "=", true],
            ["company_id", "in", [false, 22]],
        ],
        { commercial_partner_id: 21 },
    ]);
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
    await contains(`${CARDS}:contains(new account)`).click();
    await save();
    expect.verifySteps([{ commercial_partner_id: false, action: "create", is_new_account: true }]);
});

test("an account that was chosen is shown, though it was not found", async () => {
    await mountWizard({ choices: { new: "Acme", matches: [LTD] }, account_id: 21 }, ACCOUNT);
    expect(queryAllTexts(NAMES)).toEqual(["Acme Ltd", "Acme Inc", "Acme"]);
    expect(CHOSEN).toHaveText(/Acme Inc/);
});

test("a person without a company stays one", async () => {
    await mountWizard({ choices: { new: "Acme", matches: [] }, contact_id: 22 }, ACCOUNT);
    expect(CHOSEN).toHaveCount(1);
    expect(CHOSEN).toHaveText(/^Jane Doe[^]*a person without a company/);
});

test("a contact of another account is that one, or the same person here", async () => {
    await mountWizard(
        {
            choices: { new: "Jane Doe", matches: [{ ...JANE, is_same_email: true }] },
            account_id: 20,
        },
        CONTACT
    );
    expect(queryAllTexts(NAMES)).toEqual(["Jane Doe", "Jane Doe", "Jane Doe"]);
    expect(`${CARDS}:eq(1)`).toHaveText(/same person as Jane Doe \(Acme Inc\)/);
    await contains(`${CARDS}:eq(1)`).click();
    await save();
    expect.verifySteps([{ action: "create", partner_id: false, same_person_id: 22 }]);
});

test("a contact of this account is one person, and needs no second card", async () => {
    const own = { ...JANE, account_id: 20, account: "Acme Ltd", is_same_email: true };
    await mountWizard({ choices: { new: "Jane Doe", matches: [own] }, account_id: 20 }, CONTACT);
    expect(NAMES).toHaveCount(2);
    expect(".o_lead_conversion_doubt").toHaveText(/Is it the same person/);
    await contains(`${CARDS}:first`).click();
    await save();
    expect.verifySteps([{ action: "exist", partner_id: 22, same_person_id: false }]);
});

test("a new account has no contacts to search for", async () => {
    await mountWizard(
        { choices: { new: "Jane Doe", matches: [] }, lead_partner_name: "Acme" },
        CONTACT
    );
    expect(queryAllTexts(NAMES)).toEqual(["Jane Doe"]);
    expect(CARDS).toHaveCount(1);
});

const OPPORTUNITY = `${CHOICE}<field name="opportunity_id" invisible="1"/>
    <field name="choices" widget="lead_conversion_opportunity"/>`;

test("an existing opportunity is offered only where there is one", async () => {
    await mountWizard({ choices: { matches: [] }, result: "opportunity" }, OPPORTUNITY);
    expect(queryAllTexts(CARDS)).toEqual(["New opportunity", "No opportunity yet"]);
});

test("the lead goes into an opportunity of the account", async () => {
    const rollout = { id: 20, display_name: "Q4 rollout", reasons: ["$ 12,000", "New"] };
    await mountWizard(
        { choices: { matches: [rollout] }, result: "opportunity", has_opportunities: true },
        OPPORTUNITY
    );
    expect(`${CARDS}:eq(1)`).toHaveText(/Into “Q4 rollout”\s*\$ 12,000, New/);
    expect(`${CARDS}:last`).toHaveText("Another…");
    await contains(`${CARDS}:eq(1)`).click();
    await save();
    expect.verifySteps([{ result: "existing", opportunity_id: 20 }]);
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
                ...{ leads: 16, ready: 5 },
                problems,
                accounts: [{ name: "Acme", reasons: [], leads: ["A", "B", "C", "D", "E"] }],
            },
        },
        `<field name="choices" widget="lead_conversion_plan"/>`
    );
    expect(".o_lead_conversion_plan").toHaveText(/^Leads that are converted: 5 of 16\s*Not/);
    expect(".o_lead_conversion_accounts").toHaveText(/of 5 leads[^]*Acme:\s*A, B, C \+2/);
    expect(".o_lead_conversion_problems li").toHaveCount(8);
    await contains(".o_lead_conversion_problems .btn-link:contains(3 more)").click();
    expect(".o_lead_conversion_problems li").toHaveCount(11);
    expect(".o_lead_conversion_problems .btn-link").toHaveCount(0);
    await contains(".o_lead_conversion_problems li:last a").click();
    expect.verifySteps([11]);
});

test("the dialog of many leads begins with its plan, and Enter converts", async () => {
    Wizard._records = [{ id: 1, choices: { leads: 5, ready: 5 } }];
    Wizard._views = {
        form: `
            <form disable_autofocus="1">
                <field name="choices" widget="lead_conversion_plan"/>
                <field name="value"/>
                <footer>
                    <button name="action_mass_convert" type="object" string="Convert"/>
                </footer>
            </form>`,
    };
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "wizard",
        res_id: 1,
        target: "new",
        views: [[false, "form"]],
    });
    await animationFrame();
    expect(".modal button[name=action_mass_convert]").toBeFocused();
});

const VALUES = `<field name="value_ids" widget="lead_conversion_values">
    <list>
        ${["record_name", "field_name", "field_label", "current_value", "value"]
            .concat(["value_id", "comodel", "question", "is_typed", "is_written"])
            .map((name) => `<field name="${name}"/>`)
            .join("")}
    </list>
</field>`;
const PHONE = {
    record_name: "account",
    field_name: "phone",
    field_label: "Phone",
    current_value: "1",
    value: "2",
    question: "Phone of Acme",
    is_typed: true,
};
const FAX = { record_name: "account", field_name: "fax", field_label: "Fax", value: "3" };

test("what is to be decided is open, and the rest is one line", async () => {
    Line._records = [
        { id: 1, ...PHONE },
        { id: 2, ...FAX, is_written: true },
        { id: 3, ...FAX, record_name: "contact", is_written: true },
    ];
    await mountWizard({ value_ids: [1, 2, 3] }, VALUES);
    expect(".o_lead_conversion_questions h3").toHaveText("To decide (1)");
    expect(".o_lead_conversion_question").toHaveText(/Phone of Acme[^]*1[^]*stays[^]*2/);
    expect(".o_lead_conversion_question label:has(input:checked)").toHaveText(/stays/);
    expect(".o_lead_conversion_more").toHaveText("2 values are taken over");
    expect(".o_lead_conversion_line").toHaveCount(0);
    await contains(".o_lead_conversion_more").click();
    expect(queryAllTexts(".o_lead_conversion_rest h4")).toEqual(["Account", "Contact"]);
    await contains(".o_lead_conversion_line:first input[type=checkbox]").click();
    expect(".o_lead_conversion_more").toHaveText("1 value is taken over");
    await contains(".o_lead_conversion_question label:last").click();
    await contains(".o_lead_conversion_question [type=text]").edit("4");
    await save();
    expect.verifySteps([
        {
            value_ids: [
                [1, 2, { is_written: false }],
                [1, 1, { is_written: true, value: "4" }],
            ],
        },
    ]);
});

test("an address is one question, also where two records share it", async () => {
    const address = { question: "Address of Acme", record_name: "account" };
    Line._records = [
        { id: 1, ...address, field_name: "street", current_value: "A", value: "B" },
        { id: 2, ...address, field_name: "city", current_value: "Rome", value: "Oslo" },
        {
            ...{ id: 3, ...address, record_name: "contact" },
            ...{ field_name: "street", current_value: "A", value: "B" },
        },
    ];
    await mountWizard({ value_ids: [1, 2, 3] }, VALUES);
    expect(queryAllTexts(".o_lead_conversion_question label")).toEqual([
        "A, Romestays",
        "B, Oslofrom the lead",
    ]);
    await contains(".o_lead_conversion_question label:last").click();
    await save();
    const written = { is_written: true };
    expect.verifySteps([
        {
            value_ids: [
                [1, 1, written],
                [1, 2, written],
                [1, 3, written],
            ],
        },
    ]);
});

test("a new contact has its own address, or that of the account", async () => {
    const question = { question: "Address of Jane", own: "A", shared: "B" };
    await mountWizard({ value_ids: [], address_question: question }, VALUES);
    expect(".o_lead_conversion_question label:has(input:checked)").toHaveText(/^A/);
    await contains(".o_lead_conversion_question label:last").click();
    await save();
    expect.verifySteps([{ shares_address: true }]);
});

test("merging is asked for, and left again", async () => {
    await mountWizard(
        { name: "convert", duplicate_count: 2 },
        `<field name="name" widget="lead_conversion_merge"/>`
    );
    expect("[name=name]").toHaveText(/and stay as they are: 2/);
    await contains("[name=name] button").click();
    await contains("[name=name] button:contains(Convert instead)").click();
    expect("[name=name] button").toHaveText("Merge instead…");
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
