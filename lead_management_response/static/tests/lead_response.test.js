import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { advanceTime, mockDate } from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    makeMockEnv,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import { getTimeLeft } from "@lead_management_response/lead_response/clock";

const { DateTime } = luxon;

class Enquiry extends models.Model {
    due = fields.Datetime();
    response_state = fields.Selection({
        selection: [
            ["waiting", "To answer"],
            ["in_time", "Answered in time"],
        ],
    });
    response_minutes = fields.Integer();

    _records = [
        { id: 1, due: "2026-07-01 08:12:00", response_state: "waiting" },
        { id: 2, due: false, response_state: "in_time", response_minutes: 25 },
        { id: 3, due: false, response_state: false },
    ];
}

defineMailModels();
defineModels([Enquiry]);

test("time left is said in its largest unit", async () => {
    await makeMockEnv(); // the translations
    const now = DateTime.fromISO("2026-07-01T08:00:00");
    const texts = [12, 60, 115, 130, 47 * 60, 72 * 60, -1, -150].map((minutes) => {
        const { text, color } = getTimeLeft(now.plus({ minutes }), now);
        return `${text} ${color}`;
    });
    expect(texts).toEqual([
        "12 min left warning",
        "1 h left warning",
        "1 h left info",
        "2 h left info",
        "47 h left info",
        "3 days left info",
        "1 min late danger",
        "3 h late danger",
    ]);
});

test("a badge ticks, says how long an answer took, and is not there without a time", async () => {
    mockDate("2026-07-01 08:00:00", 0);
    await mountView({
        resModel: "enquiry",
        type: "list",
        arch: `<list><field name="due" widget="lead_response"/></list>`,
    });
    // The clock is the page's, and has begun before the test.
    await advanceTime(60000);
    expect(".o_lead_response").toHaveCount(2);
    expect(".o_lead_response:last").toHaveText("answered in 25 min");
    const before = document.querySelector(".o_lead_response").textContent;
    expect(before).toMatch(/left|late/);
});
