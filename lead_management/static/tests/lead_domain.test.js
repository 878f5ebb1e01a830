import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Account extends models.Model {
    name = fields.Char();
    active = fields.Boolean({ default: true });
    is_company = fields.Boolean();

    _records = [
        { id: 101, name: "Acme", is_company: true },
        { id: 102, name: "Acme", is_company: false },
        { id: 103, name: "Globex", is_company: true },
    ];
}

class Rule extends models.Model {
    filter = fields.Char();
    base = fields.Char();

    _records = [
        { id: 1, filter: "[['name', '=', 'Acme']]", base: "[['is_company', '=', True]]" },
        { id: 2, filter: "[]", base: false },
        { id: 3, filter: "[['name', '=', 'Acme']", base: "[]" },
    ];
}

defineMailModels();
defineModels([Account, Rule]);

function mountRule(resId, base) {
    onRpc("search_count", ({ kwargs, args }) => {
        expect.step(kwargs.domain || args[0]);
    });
    return mountView({
        type: "form",
        resModel: "rule",
        resId,
        arch: `<form><field name="base" invisible="1"/><field name="filter" widget="lead_domain"
            options="{'model': 'account', 'base_domain': &quot;${base}&quot;}"/></form>`,
    });
}

test("what is counted is the filter and what the field is about", async () => {
    await mountRule(1, "[['is_company', '=', True]]");
    expect.verifySteps([["&", ["is_company", "=", true], ["name", "=", "Acme"]]]);
    expect(".o_domain_show_selection_button").toHaveText("1 record(s)");
});

test("what it is about may be in a field of the record", async () => {
    await mountRule(1, "base");
    expect.verifySteps([["&", ["is_company", "=", true], ["name", "=", "Acme"]]]);
});

test("an empty field means all records", async () => {
    await mountRule(2, "base");
    expect.verifySteps([[]]);
});

test("a filter that is no domain stays one that is none", async () => {
    await mountRule(3, "[['is_company', '=', True]]");
    expect.verifySteps([]);
    expect(".o_domain_show_selection_button").toHaveCount(0);
    expect("[name=filter]").toHaveText(/Invalid domain/);
});
