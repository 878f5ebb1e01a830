import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    getService,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import { haveAllLoaded } from "./lead_test_helpers";

const selection = ["0", "1", "2", "3", "4", "5"].map((stars) => [stars, stars]);

class Status extends models.Model {
    _name = "crm.lead.status";

    name = fields.Char();
    category = fields.Char();
    next_status_ids = fields.Many2many({ relation: "crm.lead.status" });

    _records = [
        { id: 1, name: "New", category: "new", next_status_ids: [5, 6] },
        { id: 5, name: "Recycled", category: "recycled" },
        { id: 6, name: "Dead", category: "dead" },
    ];
}

class Reason extends models.Model {
    _name = "crm.lost.reason";

    name = fields.Char();

    _records = [
        { id: 1, name: "Too expensive" },
        { id: 2, name: "No budget" },
    ];
}

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    contact_name = fields.Char();
    partner_name = fields.Char();
    type = fields.Char();
    active = fields.Boolean();
    stars = fields.Selection({ selection });
    stars_manual = fields.Boolean();
    status_id = fields.Many2one({ relation: "crm.lead.status" });
    status_category = fields.Char({ related: "status_id.category" });
    recycle_date = fields.Date();
    user_id = fields.Many2one({ relation: "res.users" });

    _records = ["Ada", "Bo", "Cy"].map((contact_name, index) => ({
        id: index + 1,
        name: contact_name,
        contact_name,
        stars: String(4 - index),
        stars_manual: true,
        status_id: 1,
    }));

    _views = { form: `<form><field name="contact_name"/><field name="status_id"/></form>` };

    action_set_lost(ids) {
        this.write(ids, { status_id: 6 });
    }

    action_restore(ids) {
        this.write(ids, { status_id: 1 });
    }
}

defineMailModels();
defineModels([Lead, Status, Reason]);
haveAllLoaded();

const SELECTED = ".o_lead_triage_row[aria-selected=true]";

async function openTriage() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "lead_triage",
        context: { lead_triage: { domain: [["status_id", "=", 1]], order: "id" } },
    });
    await animationFrame();
    await contains(".o_lead_triage_list").focus();
}

async function type(...keys) {
    for (const key of keys) {
        await press(key);
        await animationFrame();
        await animationFrame();
        await animationFrame();
    }
}

test("the first lead is open, and keys go to the next and back", async () => {
    await openTriage();
    expect(queryAllTexts(".o_lead_triage_row b")).toEqual(["Ada", "Bo", "Cy"]);
    expect(SELECTED).toHaveText(/Ada/);
    await type("n");
    expect(SELECTED).toHaveText(/Bo/);
    expect(".o_lead_triage_form [name=contact_name] input").toHaveValue("Bo");
    await type("ArrowDown", "ArrowDown", "p");
    expect(SELECTED).toHaveText(/Bo/);
    expect(".o_lead_triage_position").toHaveText("2 of 3");
});

test("a digit gives stars, and z takes them back", async () => {
    onRpc("crm.lead", "write", ({ args }) => expect.step(args));
    await openTriage();
    await type("2", "z");
    expect.verifySteps([
        [[1], { stars: "2" }],
        [[1], { stars: "4" }],
    ]);
});

test("two keys close a lead with its reason, and the next one is there", async () => {
    onRpc("crm.lead", "action_set_lost", ({ kwargs }) => expect.step(kwargs.lost_reason_id));
    await openTriage();
    await type("d");
    expect(queryAllTexts(".o_lead_triage_choice button")).toEqual([
        "1Too expensive",
        "2No budget",
        "EnterMore …",
    ]);
    await type("2");
    expect.verifySteps([2]);
    expect(SELECTED).toHaveText(/Bo/);
    await type("z");
    expect(SELECTED).toHaveText(/Ada/);
    expect(SELECTED).toHaveText(/New/);
});

test("how long a lead is laid aside is asked only where it may be", async () => {
    onRpc("crm.lead", "action_set_status", ({ args }) => {
        expect.step(args);
        return false;
    });
    await openTriage();
    await type("r");
    expect(".o_lead_triage_choice").toHaveText(/In a week/);
    expect.verifySteps([]);
    await type("1");
    expect(SELECTED).toHaveText(/Bo/);
    getService("orm").write("crm.lead.status", [1], { next_status_ids: [[6, 0, [6]]] });
    await type("r");
    expect(".o_lead_triage_choice").toHaveCount(0);
    expect.verifySteps([[[2], 5]]);
});

test("keys that are pressed while something is done wait for it", async () => {
    let answer = new Deferred();
    onRpc("crm.lead", "write", async ({ args }) => {
        expect.step(args);
        await answer;
    });
    onRpc("crm.lead", "action_set_lost", ({ args }) => expect.step(args[0]));
    await openTriage();
    await type("2", "n", "d", "1");
    expect(SELECTED).toHaveText(/Ada/);
    answer.resolve();
    await type();
    for (let turn = 0; turn < 20; turn++) {
        await animationFrame();
    }
    expect.verifySteps([[[1], { stars: "2" }], [2]]);
    expect(SELECTED).toHaveText(/Cy/);
    answer = new Deferred();
    await type("3", "n", "Escape");
    answer.resolve();
    await type("?");
    await type("?");
    expect.verifySteps([[[3], { stars: "3" }]]);
    expect(SELECTED).toHaveText(/Cy/);
});

test("keys that wait for what fails are forgotten", async () => {
    const answer = new Deferred();
    onRpc("crm.lead", "action_set_lost", () => answer);
    onRpc("crm.lead", "write", () => expect.step("write"));
    expect.errors(1);
    await openTriage();
    await type("d", "1", "3");
    answer.reject(new Error("lost"));
    await animationFrame();
    await animationFrame();
    expect.verifySteps([]);
    expect.verifyErrors([/lost/]);
});

test("what is typed in the form is no key, and is saved before the next lead", async () => {
    onRpc("crm.lead", "web_save", ({ args }) => expect.step(args[1]));
    await openTriage();
    await contains(".o_lead_triage_form [name=contact_name] input").edit("Nadine", {
        confirm: false,
    });
    expect(SELECTED).toHaveText(/Ada/);
    await type("Escape", "n");
    expect.verifySteps([{ contact_name: "Nadine" }]);
    expect(SELECTED).toHaveText(/Bo/);
});

test("what can't be saved keeps the lead, and there is nothing to undo", async () => {
    Lead._views.form = `<form><field name="contact_name" required="1"/></form>`;
    onRpc("crm.lead", "write", () => expect.step("write"));
    await openTriage();
    await contains(".o_lead_triage_form [name=contact_name] input").edit("", { confirm: false });
    await type("Escape", "2", "z");
    expect(".o_lead_triage_said").toHaveText("There is nothing to undo.");
    expect.verifySteps([]);
});

test("what a message offers to take back, z does, once", async () => {
    onRpc("crm.lead", "action_restore", ({ args, kwargs }) => {
        expect.step([args[0], kwargs.context.lead_in_place]);
        return { type: "ir.actions.client", tag: "soft_reload" };
    });
    await openTriage();
    await type("n");
    const undo = {
        name: "Undo",
        model: "crm.lead",
        method: "action_restore",
        ids: [2],
        context: { lead_in_place: true },
    };
    const say = () =>
        getService("action").doAction({
            type: "ir.actions.client",
            tag: "lead_notice",
            params: { message: "Done", buttons: [undo] },
        });
    await say();
    await contains(".o_lead_triage_list").focus();
    await type("z");
    expect.verifySteps([[[2], true]]);
    await say();
    await contains(".o_lead_notice button:contains(Undo)").click();
    expect.verifySteps([[[2], true]]);
    await contains(".o_lead_triage_list").focus();
    await type("z");
    expect(".o_lead_triage_said").toHaveText("There is nothing to undo.");
});

test("who comes back finds the lead and what can be undone", async () => {
    onRpc("crm.lead", "write", ({ args }) => expect.step(args));
    await openTriage();
    await type("n", "1");
    await getService("action").doAction({ type: "ir.actions.client", tag: "soft_reload" });
    await animationFrame();
    expect(SELECTED).toHaveText(/Bo/);
    await contains(".o_lead_triage_list").focus();
    await type("z");
    expect.verifySteps([
        [[2], { stars: "1" }],
        [[2], { stars: "3" }],
    ]);
});

test("the keys are told, as buttons, until ? hides them", async () => {
    await openTriage();
    expect(".o_lead_triage_legend [aria-keyshortcuts=n]").toHaveText(/Next/);
    await type("?");
    expect(".o_lead_triage_legend").toHaveCount(0);
});
