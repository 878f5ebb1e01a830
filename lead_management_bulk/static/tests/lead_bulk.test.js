import { arrangeForLeads } from "@lead_management/lead_action_menu/lead_action_menu";
import { haveAllLoaded } from "@lead_management/../tests/lead_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    editSelectMenu,
    fields,
    makeServerError,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Tag extends models.Model {
    _name = "crm.tag";

    name = fields.Char();
    color = fields.Integer();

    _records = [{ id: 4, name: "Trade fair" }];
}

class Lead extends models.Model {
    _name = "crm.lead";

    zip = fields.Char();
    date_deadline = fields.Date();
    tag_ids = fields.Many2many({ relation: "crm.tag" });
}

class Wizard extends models.Model {
    changes = fields.Json();

    _records = [{ id: 1 }];
}

class Job extends models.Model {
    state = fields.Selection({
        selection: [
            ["open", "Open"],
            ["done", "Done"],
        ],
    });
    done_count = fields.Integer();
    failed_count = fields.Integer();
    total = fields.Integer();
    time_left = fields.Char();
    is_waiting = fields.Boolean();
    progress = fields.Float();

    _records = [
        { id: 1, state: "open", done_count: 1000, total: 4000, progress: 25, time_left: "5 min" },
        { id: 2, state: "done", done_count: 3, failed_count: 1, total: 3, progress: 100 },
        { id: 3, state: "open", is_waiting: true, total: 8 },
    ];
}

haveAllLoaded();
defineMailModels();
defineModels([Tag, Lead, Wizard, Job]);

// -- fields of a mass update ------------------------------------------------------

const UPDATABLE = {
    zip: { string: "ZIP", type: "char", ways: ["set", "clear"] },
    date_deadline: { string: "Expected closing", type: "date", ways: ["set", "clear"] },
    tag_ids: {
        string: "Tags",
        type: "many2many",
        relation: "crm.tag",
        ways: ["add", "remove", "set", "clear"],
    },
};

async function mountChanges() {
    onRpc("crm.lead.bulk", "get_updatable_fields", () => UPDATABLE);
    onRpc("wizard", "web_save", ({ args }) => {
        expect.step(args[1].changes);
    });
    await mountView({
        type: "form",
        resModel: "wizard",
        resId: 1,
        arch: `<form><field name="changes" widget="lead_bulk_changes"/></form>`,
    });
}

const save = () => contains(".o_form_button_save").click();
const chooseField = (label, line = ".o_lead_bulk_change:last") =>
    editSelectMenu(`${line} .o_select_menu input`, { value: label });

test("properties are changed as fields are", async () => {
    onRpc("crm.lead.bulk", "get_updatable_fields", () => ({
        "lead_properties.colour": { string: "Colour (Team)", type: "char", ways: ["set", "clear"] },
        "lead_properties.topics": {
            string: "Topics (Team)",
            type: "tags",
            selection: [
                ["a", "Alpha"],
                ["b", "Beta"],
            ],
            ways: ["add", "remove", "set", "clear"],
        },
    }));
    onRpc("wizard", "web_save", ({ args }) => {
        expect.step(args[1].changes);
    });
    await mountView({
        type: "form",
        resModel: "wizard",
        resId: 1,
        arch: `<form><field name="changes" widget="lead_bulk_changes"/></form>`,
    });
    await chooseField("Colour (Team)");
    await contains(".o_lead_bulk_value input").edit("teal");
    await contains(".o_lead_bulk_add").click();
    await chooseField("Topics (Team)");
    await contains(".o_lead_bulk_change:last .o_lead_bulk_value input").click();
    await contains(".o_select_menu_item:contains(Beta)").click();
    await save();
    expect.verifySteps([
        [
            { field: "lead_properties.colour", way: "set", value: "teal" },
            { field: "lead_properties.topics", way: "add", value: ["b"] },
        ],
    ]);
});

test("a field is chosen once, from a list in the order of the alphabet", async () => {
    await mountChanges();
    await contains(".o_select_menu input").click();
    expect(queryAllTexts(".o_select_menu_item")).toEqual(["Expected closing", "Tags", "ZIP"]);
    await contains(".o_select_menu_item:contains(Tags)").click();
    await contains(".o_lead_bulk_add").click();
    await contains(".o_lead_bulk_change:last .o_select_menu input").click();
    expect(queryAllTexts(".o_select_menu_item")).toEqual(["Expected closing", "ZIP"]);
});

test("a value is typed, and a line that has no field counts for nothing", async () => {
    await mountChanges();
    await chooseField("ZIP");
    await contains(".o_lead_bulk_value input").edit("1000");
    await contains(".o_lead_bulk_add").click();
    await save();
    expect.verifySteps([[{ field: "zip", way: "set", value: "1000" }]]);
});

test("of a field with many values there is more to do than to replace them", async () => {
    await mountChanges();
    await chooseField("Tags");
    const ways = queryAll(".o_lead_bulk_way option").map(({ value }) => value);
    expect(ways).toEqual(["add", "remove", "set", "clear"]);
    expect(new Set(queryAllTexts(".o_lead_bulk_way option")).size).toBe(4);
    await contains(".o_lead_bulk_way").select("clear");
    expect(".o_lead_bulk_value").not.toBeVisible();
    await save();
    expect.verifySteps([[{ field: "tag_ids", way: "clear", value: [] }]]);
});

test("another field forgets the value of the one before", async () => {
    await mountChanges();
    await chooseField("ZIP");
    await contains(".o_lead_bulk_value input").edit("1000");
    await chooseField("Expected closing");
    await save();
    expect.verifySteps([[{ field: "date_deadline", way: "set", value: false }]]);
});

test("a line that is removed is removed from what is saved", async () => {
    await mountChanges();
    await chooseField("ZIP");
    await contains(".o_lead_bulk_value input").edit("1000");
    await contains(".o_lead_bulk_add").click();
    await chooseField("Tags");
    await contains(".o_lead_bulk_change:first button[title='Remove this field']").click();
    await save();
    expect.verifySteps([[{ field: "tag_ids", way: "add", value: [] }]]);
    expect(".o_lead_bulk_change").toHaveCount(1);
});

// -- progress of a job ------------------------------------------------------------

function mountJob(resId) {
    return mountView({
        type: "form",
        resModel: "job",
        resId,
        arch: `<form><field name="progress" widget="lead_bulk_progress"/></form>`,
    });
}

const PROGRESS = ".o_lead_bulk_progress";

async function pause() {
    await advanceTime(1500);
    await animationFrame();
}

test("a job that goes on is asked for, and the form is read when it is over", async () => {
    const answers = [
        { state: "open", done_count: 2000, total: 4000, progress: 50.7, time_left: "2 min" },
        { state: "done", done_count: 4000, total: 4000, progress: 100 },
    ];
    onRpc("job", "get_progress", ({ args }) => {
        expect.step(args[0]);
        return [answers.shift()];
    });
    await mountJob(1);
    expect(PROGRESS).toHaveText("1,000 of 4,000, 5 min left");
    expect(`${PROGRESS} .progress`).toHaveAttribute("aria-valuenow", "25");
    await pause();
    expect.verifySteps([[1]]);
    expect(PROGRESS).toHaveText("2,000 of 4,000, 2 min left");
    expect(`${PROGRESS} .progress`).toHaveAttribute("aria-valuenow", "50");
    onRpc("job", "web_read", () => {
        expect.step("read");
    });
    MockServer.env["job"].write(1, { state: "done" });
    await pause();
    expect.verifySteps([[1], "read"]);
});

test("a server that is gone for a moment is asked again", async () => {
    let isGone = true;
    onRpc("job", "get_progress", () => {
        expect.step("asked");
        if (isGone) {
            throw makeServerError();
        }
        return [{ state: "open", done_count: 3000, total: 4000, progress: 75, time_left: false }];
    });
    await mountJob(1);
    await pause();
    isGone = false;
    await pause();
    expect.verifySteps(["asked", "asked"]);
    expect(PROGRESS).toHaveText("3,000 of 4,000");
});

test("a job that is over is not asked for, and says when leads failed", async () => {
    await mountJob(2);
    await pause();
    expect(PROGRESS).toHaveText("3 of 3");
    expect(".progress-bar").toHaveClass("bg-warning");
    expect.verifySteps([]);
});

test("a job that waits for its turn says so", async () => {
    await mountJob(3);
    expect(PROGRESS).toHaveText("Waiting for its turn");
});

// -- the menu ---------------------------------------------------------------------

test("leads are deleted by the bulk action alone", () => {
    const callback = () => {};
    const items = { action: [{ key: "delete", callback }, { key: "bulk_delete" }] };
    expect(arrangeForLeads(items).action.map(({ key }) => key)).toEqual(["bulk_delete"]);
});
