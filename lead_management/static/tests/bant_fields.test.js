import { QualifiedLead } from "./lead_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { contains, defineModels, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Lead extends QualifiedLead {
    _records = [
        { id: 1 },
        { id: 2, bant_contact: "yes", bant_need: "partly", bant_budget: "no", bant_score: 45 },
    ];
}

defineMailModels();
defineModels([Lead]);

function mountForm(resId, content) {
    return mountView({
        type: "form",
        resModel: "crm.lead",
        resId,
        arch: `<form>${content}</form>`,
    });
}

const DOTS = ".o_bant_progress i";

test("progress shows each answer as a dot of its own kind, with its words", async () => {
    await mountForm(2, `<field name="bant_score" widget="bant_progress"/>`);
    expect(queryAllAttributes(DOTS, "data-tooltip")).toEqual([
        "Contact verified: Yes",
        "Need: Partly",
        "Budget: No",
        "Authority: Unknown",
        "Timing: Unknown",
    ]);
    expect(`${DOTS}[data-name=bant_contact]`).toHaveClass("text-success");
    expect(`${DOTS}[data-name=bant_need]`).toHaveClass("text-warning");
    expect(`${DOTS}[data-name=bant_budget]`).toHaveClass("text-danger");
    expect(`${DOTS}[data-name=bant_timing]`).toHaveClass("text-muted");
});

test("progress can be read aloud: the score and all answers", async () => {
    await mountForm(1, `<field name="bant_score" widget="bant_progress"/>`);
    expect(".o_bant_progress").toHaveAttribute("role", "img");
    expect(".o_bant_progress").toHaveAttribute(
        "aria-label",
        "0 of 100, Contact verified: Unknown, Need: Unknown, Budget: Unknown, " +
            "Authority: Unknown, Timing: Unknown"
    );
});

test("progress comes with the score, unless a view hides it", async () => {
    await mountForm(
        2,
        `<div class="shown"><field name="bant_score" widget="bant_progress"/></div>
         <div class="hidden"><field name="bant_score" widget="bant_progress"
            options="{'hide_score': true}"/></div>`
    );
    expect(".shown .o_bant_progress").toHaveText("45 of 100");
    expect(".hidden .o_bant_progress").toHaveText("");
});

test("a list has the score in words, of leads without answers, too", async () => {
    await mountView({
        type: "list",
        resModel: "crm.lead",
        arch: `<list><field name="bant_score" widget="lead_score"/></list>`,
    });
    expect(queryAllTexts(".o_data_row .o_field_widget")).toEqual(["0 of 100", "45 of 100"]);
});

test("an answer is chosen from one row of buttons, and saved", async () => {
    onRpc("web_save", ({ args }) => expect.step(args[1]));
    await mountForm(2, `<field name="bant_need" widget="bant_answer"/>`);
    expect(queryAllTexts(".o_field_widget .btn-group label")).toEqual([
        "Unknown",
        "No",
        "Partly",
        "Yes",
    ]);
    expect("input[data-value=partly]").toBeChecked();
    await contains("label.o_bant_yes").click();
    expect("input[data-value=yes]").toBeChecked();
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ bant_need: "yes" }]);
});

test("an answer that cannot be changed is its word, without buttons", async () => {
    await mountForm(2, `<field name="bant_need" widget="bant_answer" readonly="1"/>`);
    expect(".o_field_widget .btn-group").toHaveCount(0);
    expect(".o_bant_answer_text.o_bant_partly").toHaveText("Partly");
});
