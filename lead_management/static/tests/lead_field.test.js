import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Account extends models.Model {
    name = fields.Char();
    phone = fields.Char();
    secret = fields.Char();
}

class Line extends models.Model {
    model = fields.Char();
    field_name = fields.Char();
    offered = fields.Json();

    _records = [{ id: 1, model: "account", field_name: "phone", offered: ["name", "phone"] }];
}

defineMailModels();
defineModels([Account, Line]);

function mountLine() {
    return mountView({
        type: "form",
        resModel: "line",
        resId: 1,
        arch: `<form><field name="model" invisible="1"/><field name="offered" invisible="1"/>
            <field name="field_name" widget="lead_field"
            options="{'model': 'model', 'offered': 'offered', 'follow_relations': False}"/></form>`,
    });
}

test("only the fields that the record offers can be chosen", async () => {
    await mountLine();
    expect(".o_model_field_selector_chain_part").toHaveText("Phone");
    await click(".o_model_field_selector");
    await animationFrame();
    expect(queryAllTexts(".o_model_field_selector_popover_item_name")).toEqual(["Name", "Phone"]);
});

test("what is chosen is saved by its name", async () => {
    onRpc("web_save", ({ args }) => {
        expect.step(args[1]);
    });
    await mountLine();
    await click(".o_model_field_selector");
    await animationFrame();
    await contains(".o_model_field_selector_popover_item_name:contains(Name)").click();
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ field_name: "name" }]);
});
