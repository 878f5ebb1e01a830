import { QualifiedLead } from "./lead_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    defineParams,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Lead extends QualifiedLead {
    _records = [{ id: 1 }, { id: 2, bant_contact: "yes", bant_need: "partly" }];
}

defineMailModels();
defineModels([Lead]);

const STOP = ".o_bant_answers [tabindex='0']";
const answer = (question, value) => `.o_bant_question[data-name=${question}] [data-value=${value}]`;

function mountAnswers(resId, attributes = "") {
    return mountView({
        type: "form",
        resModel: "crm.lead",
        resId,
        arch: `<form ${attributes}>
            <field name="bant_contact" invisible="1"/>
            <field name="bant_need" invisible="1"/>
            <field name="bant_budget" invisible="1"/>
            <field name="bant_authority" invisible="1"/>
            <field name="bant_timing" invisible="1"/>
            <widget name="bant_answers"/>
        </form>`,
    });
}

async function pressOnAnswers(...keys) {
    for (const key of keys) {
        queryOne(STOP).focus();
        await press(key);
        await animationFrame();
    }
}

test("five questions are asked, and one click gives an answer", async () => {
    onRpc("web_save", ({ args }) => expect.step(args[1]));
    await mountAnswers(2);
    expect(queryAllTexts(".o_bant_question_label")).toEqual([
        "Contact verified",
        "Need",
        "Budget",
        "Authority",
        "Timing",
    ]);
    expect(".o_bant_answers [aria-checked=true]").toHaveCount(5);
    expect(answer("bant_budget", "unknown")).toHaveClass("active");
    await contains(answer("bant_budget", "no")).click();
    expect(answer("bant_budget", "no")).toHaveAttribute("aria-checked", "true");
    expect(answer("bant_budget", "unknown")).toHaveAttribute("aria-checked", "false");
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ bant_budget: "no" }]);
});

test("all answers are one stop of the Tab key; arrows move and choose nothing", async () => {
    await mountAnswers(2);
    expect(STOP).toHaveCount(1);
    expect(queryOne(STOP)).toBe(queryOne(answer("bant_contact", "yes")));
    await pressOnAnswers("ArrowRight");
    expect(answer("bant_need", "unknown")).toBeFocused();
    await pressOnAnswers("ArrowDown", "ArrowLeft");
    expect(answer("bant_need", "yes")).toBeFocused();
    expect(STOP).toHaveCount(1);
    await pressOnAnswers("End", "ArrowRight", "ArrowDown");
    expect(answer("bant_timing", "yes")).toBeFocused();
    await pressOnAnswers("Home", "ArrowLeft", "ArrowUp");
    expect(answer("bant_contact", "unknown")).toBeFocused();
    expect(answer("bant_contact", "yes")).toHaveAttribute("aria-checked", "true");
});

test("the Enter key gives the answer that has the focus", async () => {
    await mountAnswers(1);
    await pressOnAnswers("ArrowRight", "ArrowRight", "ArrowRight", "Enter");
    expect(answer("bant_contact", "yes")).toHaveAttribute("aria-checked", "true");
    expect(STOP).toBeFocused();
});

test("where one reads from right to left, the left arrow goes on", async () => {
    defineParams({ lang_parameters: { direction: "rtl" } });
    await mountAnswers(1);
    await pressOnAnswers("ArrowLeft");
    expect(answer("bant_contact", "no")).toBeFocused();
});

test("answers that cannot be changed are words, and no stop at all", async () => {
    await mountAnswers(2, "edit='0'");
    expect(".o_bant_answers button").toHaveCount(0);
    expect(".o_bant_question[data-name=bant_need] .o_bant_partly").toHaveText("Partly");
});
