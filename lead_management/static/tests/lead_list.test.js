import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Source extends models.Model {
    _name = "utm.source";

    name = fields.Char();

    _records = [{ id: 1, name: "Fair" }];
}

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    city = fields.Char();
    phone = fields.Char();
    zip = fields.Char();
    is_unread = fields.Boolean();
    state = fields.Char();
    source_id = fields.Many2one({ relation: "utm.source", domain: "[('name', '=', zip)]" });

    _records = [
        { id: 1, name: "Acme", city: "Ghent", phone: "1", zip: "9000", state: "B", source_id: 1 },
        { id: 2, name: "Zeta", city: "Leeds", phone: "2", zip: "LS1", is_unread: true },
    ];
}

defineMailModels();
defineModels([Lead, Source]);

const ARCH = `
    <list js_class="lead_list" multi_edit="1" decoration-bf="is_unread">
        <field name="name"/>
        <field name="city" optional="hide"/>
        <field name="zip" optional="hide"/>
        <field name="state" optional="hide"/>
        <field name="phone" optional="show" readonly="state == 'C'"/>
        <field name="is_unread" optional="hide"/>
        <field name="source_id" optional="hide"/>
    </list>`;

let asked;

beforeEach(() => {
    asked = [];
    onRpc("web_search_read", ({ kwargs }) => {
        asked.push(Object.keys(kwargs.specification).sort().join());
    });
    onRpc("web_read_group", ({ kwargs }) => {
        asked.push(
            Object.keys(kwargs.unfold_read_specification || {})
                .sort()
                .join()
        );
    });
});

const mountList = (options = {}) =>
    mountView({ type: "list", resModel: "crm.lead", arch: ARCH, ...options });

async function toggle(label) {
    if (!document.querySelector(".o-dropdown--menu")) {
        await contains(".o_optional_columns_dropdown button").click();
    }
    await contains(`.o-dropdown--menu .dropdown-item:contains(${label})`).click();
    await animationFrame();
}

test("hidden columns are not read, unless something asks for them", async () => {
    await mountList();
    expect(asked).toEqual(["is_unread,name,phone,state"]);
    expect(queryAllTexts(".o_data_row .o_data_cell")).toEqual(["Acme", "1", "Zeta", "2"]);
    expect(".o_data_row.fw-bold").toHaveCount(1);
});

test("a column that is shown is read, with what it asks for", async () => {
    await mountList();
    await toggle("City");
    expect(asked.slice(1)).toEqual(["city,is_unread,name,phone,state"]);
    expect(queryAllTexts(".o_data_cell[name=city]")).toEqual(["Ghent", "Leeds"]);
    await toggle("Source");
    expect(asked.slice(2)).toEqual(["city,is_unread,name,phone,source_id,state,zip"]);
    expect(queryAllTexts(".o_data_cell[name=source_id]")).toEqual(["Fair", ""]);
    await toggle("City");
    await toggle("City");
    await toggle("State");
    expect(asked.length).toBe(3);
    expect(queryAllTexts(".o_data_cell[name=state]")).toEqual(["B", ""]);
});

test("columns that were chosen are read the next time", async () => {
    await mountList();
    await toggle("City");
    await click(document.body);
    asked = [];
    const keys = Object.keys(localStorage).filter((key) => key.startsWith("optional_fields"));
    expect(keys.length).toBe(1);
    // as native names it: by all columns
    expect(keys[0].split(",").slice(-7)).toEqual([
        ...["city", "is_unread", "name", "phone", "source_id", "state", "zip"],
    ]);
    await mountList();
    expect(asked).toEqual(["city,is_unread,name,phone,state"]);
});

test("columns are shown in groups, too", async () => {
    await mountList({ groupBy: ["phone"] });
    await contains(".o_group_header:first").click();
    await toggle("City");
    expect(queryAllTexts(".o_data_cell[name=city]")).toEqual(["Ghent"]);
});

test("what is edited is saved before a column is shown", async () => {
    onRpc("web_save", ({ args }) => expect.step(args[1]));
    await mountList();
    await contains(".o_data_row:first .o_list_record_selector input").click();
    await contains(".o_data_row:first .o_data_cell[name=name]").click();
    await contains(".o_data_row:first .o_data_cell[name=name] input").edit("Ajax");
    await toggle("City");
    expect.verifySteps([{ name: "Ajax" }]);
    expect(queryAllTexts(".o_data_cell[name=name]")).toEqual(["Ajax", "Zeta"]);
});
