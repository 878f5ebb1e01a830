import { haveAllLoaded } from "@lead_management/../tests/lead_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Lead extends models.Model {
    _name = "crm.lead";

    city = fields.Char();
    map_at_once = fields.Boolean();

    _records = [
        { id: 1, city: "Toulouse", map_at_once: false },
        { id: 2, city: "Toulouse", map_at_once: true },
    ];
}

haveAllLoaded();
defineMailModels();
defineModels([Lead]);

async function mountMap(resId, answer = { open_url: "https://maps.example/" }) {
    onRpc("crm.lead", "get_map", ({ args }) => {
        expect.step(["map", ...args[0]]);
        return answer;
    });
    onRpc("crm.lead", "web_save", ({ args }) => {
        expect.step(["save", args[1]]);
    });
    await mountView({
        type: "form",
        resModel: "crm.lead",
        resId,
        arch: `<form><field name="city"/><widget name="lead_map"/></form>`,
    });
    await animationFrame();
}

test("the map service learns of an address when somebody wants to see it", async () => {
    await mountMap(1);
    expect.verifySteps([]);
    await contains(".o_lead_map_show").click();
    await animationFrame();
    expect.verifySteps([["map", 1]]);
    expect(".o_lead_map_open").toHaveAttribute("href", "https://maps.example/");
    expect(".o_lead_map_show").toHaveCount(0);
});

test("a map is there at once where the admin wants it", async () => {
    await mountMap(2);
    expect.verifySteps([["map", 2]]);
    expect(".o_lead_map_open").toHaveCount(1);
});

test("a map of an address that changed is gone, and the new one is saved first", async () => {
    await mountMap(2);
    expect.verifySteps([["map", 2]]);
    await contains("[name=city] input").edit("Bordeaux");
    await animationFrame();
    expect(".o_lead_map_open").toHaveCount(0);
    expect.verifySteps([]);
    await contains(".o_lead_map_show").click();
    await animationFrame();
    expect.verifySteps([
        ["save", { city: "Bordeaux" }],
        ["map", 2],
    ]);
    expect(".o_lead_map_open").toHaveCount(1);
});

test("what is wrong with an address is said", async () => {
    await mountMap(2, { problem: "There is no address." });
    expect(".o_lead_map").toHaveText("There is no address.");
    expect(".o_lead_map iframe").toHaveCount(0);
    expect.verifySteps([["map", 2]]);
});
