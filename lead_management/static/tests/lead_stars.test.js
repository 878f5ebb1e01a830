import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { press, queryAll, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Lead extends models.Model {
    _name = "crm.lead";

    stars = fields.Selection({
        selection: [
            ["0", "None"],
            ["1", "Poor"],
            ["2", "Fair"],
            ["3", "Good"],
            ["4", "Very good"],
            ["5", "Excellent"],
        ],
    });

    _records = [
        { id: 1, stars: "0" },
        { id: 2, stars: "4" },
    ];
}

defineMailModels();
defineModels([Lead]);

const STOP = ".o_priority_star[tabindex='0']";

async function mountStars(resId, attributes = "") {
    await mountView({
        type: "form",
        resModel: "crm.lead",
        resId,
        arch: `<form><field name="stars" widget="lead_stars" ${attributes}/></form>`,
    });
}

async function pressOnStars(...keys) {
    for (const key of keys) {
        queryOne(STOP).focus();
        await press(key);
        await animationFrame();
    }
}

test("arrows give and take stars, never more than five or less than none", async () => {
    await mountStars(1);
    await pressOnStars("ArrowRight");
    expect(".o_priority_star.fa-star").toHaveCount(1);
    await pressOnStars("ArrowUp", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight");
    expect(".o_priority_star.fa-star").toHaveCount(2);
    await pressOnStars("End");
    expect(".o_priority_star.fa-star").toHaveCount(5);
    await pressOnStars("ArrowRight");
    expect(".o_priority_star.fa-star").toHaveCount(5);
    await pressOnStars("Home", "ArrowLeft");
    expect(".o_priority_star.fa-star").toHaveCount(0);
});

test("stars are one stop of the Tab key, at the star that counts", async () => {
    await mountStars(2);
    expect(STOP).toHaveCount(1);
    expect(STOP).toHaveAttribute("aria-label", "Very good");
    expect(".o_priority_star[aria-checked=true]").toHaveCount(1);
    await pressOnStars("ArrowLeft");
    expect(STOP).toHaveCount(1);
    expect(STOP).toHaveAttribute("aria-label", "Good");
    expect(STOP).toBeFocused();
});

test("without stars, the first one is the stop and none is checked", async () => {
    await mountStars(1);
    expect(STOP).toHaveAttribute("aria-label", "Poor");
    expect(".o_priority_star[aria-checked=true]").toHaveCount(0);
});

test("a list around the stars does not see the arrows, but sees other keys", async () => {
    await mountStars(1);
    queryAll(".o_form_view")[0].addEventListener("keydown", (ev) => expect.step(ev.key));
    await pressOnStars("ArrowDown", "Enter");
    expect.verifySteps(["Enter"]);
});

test("stars that cannot be changed are a picture with a name", async () => {
    await mountStars(2, "readonly='1'");
    expect(".o_priority").toHaveAttribute("role", "img");
    expect(".o_priority").toHaveAttribute("aria-label", /Very good/);
    expect(".o_priority [tabindex]").toHaveCount(0);
    expect(".o_priority_star.fa-star").toHaveCount(4);
});
