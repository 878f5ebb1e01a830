import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

class Status extends models.Model {
    _name = "crm.lead.status";

    name = fields.Char();

    _records = [
        { id: 1, name: "New" },
        { id: 2, name: "In process" },
        { id: 3, name: "Dead" },
    ];
}

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char({ required: true });
    status_id = fields.Many2one({ relation: "crm.lead.status" });
    status_duration = fields.Json();

    _records = [
        {
            id: 5,
            name: "Acme",
            status_id: 1,
            status_duration: { 1: 93 * DAY + 5 * HOUR, 2: 3 * HOUR },
        },
    ];
}

defineMailModels();
defineModels([Lead, Status]);

let answer;
beforeEach(() => {
    answer = false;
    onRpc("crm.lead", "action_set_status", ({ args }) => {
        expect.step(["move", ...args]);
        return answer;
    });
    onRpc("crm.lead", "web_save", ({ args }) => {
        expect.step(["save", args[1].name]);
    });
});

async function mountPath() {
    await mountView({
        type: "form",
        resModel: "crm.lead",
        resId: 5,
        arch: `<form>
            <header><field name="status_id" widget="lead_status_path" options="{'clickable': '1'}"/></header>
            <field name="name"/>
        </form>`,
    });
    onRpc("crm.lead", "web_read", () => {
        expect.step("load");
    });
}

const item = (name) => contains(`.o_statusbar_status button:contains(${name}):visible`);

test("a click lets the server make the move, and shows the lead as it is then", async () => {
    await mountPath();
    await item("In process").click();
    expect.verifySteps([["move", [5], 2], "load"]);
});

test("what was typed is saved before the move", async () => {
    await mountPath();
    await contains("[name=name] input").edit("Acme Rockets");
    await item("Dead").click();
    expect.verifySteps([["save", "Acme Rockets"], ["move", [5], 3], "load"]);
});

test("there is no move while the lead cannot be saved", async () => {
    await mountPath();
    await contains("[name=name] input").edit("");
    await item("Dead").click();
    expect.verifySteps([]);
    expect(".o_field_invalid").toHaveCount();
});

test("what the server asks for is a dialog; the lead is read when it closes", async () => {
    let close;
    mockService("action", {
        doAction(action, options) {
            expect.step(["dialog", action.res_model]);
            close = options.onClose;
        },
    });
    answer = { type: "ir.actions.act_window", res_model: "crm.lead.lost" };
    await mountPath();
    await item("Dead").click();
    expect.verifySteps([
        ["move", [5], 3],
        ["dialog", "crm.lead.lost"],
    ]);
    await close();
    await animationFrame();
    expect.verifySteps(["load"]);
});

test("a status shows the time that the lead spent in it, from a day on in days", async () => {
    await mountPath();
    const texts = queryAllTexts(".o_statusbar_status button:visible");
    expect(texts.find((text) => text.includes("New"))).toMatch(/93\s?d$/);
    expect(texts.find((text) => text.includes("In process"))).toMatch(/3\s?h$/);
    expect(texts.find((text) => text.includes("Dead"))).toBe("Dead");
});
