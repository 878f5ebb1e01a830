import { haveAllLoaded } from "@lead_management/../tests/lead_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { contains, defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Line extends models.Model {
    key = fields.Selection({
        selection: [
            ["email", "Email"],
            ["phone", "Phone"],
            ["company", "Company"],
            ["own_text", "Custom question"],
        ],
    });

    _records = [
        { id: 1, key: "email" },
        { id: 2, key: "phone" },
    ];
}

class CaptureForm extends models.Model {
    preview = fields.Text();
    field_ids = fields.One2many({ relation: "line" });

    _records = [
        {
            id: 1,
            field_ids: [1, 2],
            preview: "<html><body><form><h2>Contact us</h2></form></body></html>",
        },
    ];
}

haveAllLoaded();
defineMailModels();
defineModels([Line, CaptureForm]);

function mountForm(content, width = 1200) {
    return mountView({
        type: "form",
        resModel: "capture.form",
        resId: 1,
        arch: `<form><div style="width: ${width}px">${content}</div></form>`,
    });
}

const LINES = `<field name="field_ids"><list editable="bottom">
    <field name="key" widget="lead_capture_key"/></list></field>`;

test("a line offers what no other line of the form asks for", async () => {
    await mountForm(LINES);
    await contains(".o_data_row:first .o_data_cell").click();
    await contains(".o_data_row:first .o_select_menu_input").click();
    expect(queryAllTexts(".o_select_menu_item")).toEqual(["Email", "Company", "Custom question"]);
    await contains(".o_select_menu_item:contains(Company)").click();
    await contains(".o_field_x2many_list_row_add a").click();
    await contains(".o_data_row:last .o_select_menu_input").click();
    expect(queryAllTexts(".o_select_menu_item")).toEqual(["Email", "Custom question"]);
    await contains(".o_select_menu_item:contains(Custom)").click();
    await contains(".o_field_x2many_list_row_add a").click();
    await contains(".o_data_row:last .o_select_menu_input").click();
    expect(queryAllTexts(".o_select_menu_item")).toEqual(["Email", "Custom question"]);
});

const PREVIEW = `<field name="preview" widget="capture_preview"/>`;

test("the preview is the page, which can do nothing but be looked at", async () => {
    await mountForm(PREVIEW);
    expect("iframe").toHaveAttribute("sandbox", "allow-same-origin");
    expect("iframe").toHaveAttribute("srcdoc", /<h2>Contact us<\/h2>/);
});

test("a computer's page is shown as a whole, and a phone's on demand", async () => {
    await mountForm(PREVIEW, 600);
    expect("button[title='On a computer']").toHaveAttribute("aria-pressed", "true");
    expect("iframe").toHaveStyle({ width: "860px" });
    const scale = queryOne("iframe").getBoundingClientRect().width / 860;
    expect(scale).toBeLessThan(0.75);
    await contains("button[title='On a phone']").click();
    expect("button[title='On a phone']").toHaveAttribute("aria-pressed", "true");
    expect("button[title='On a computer']").toHaveAttribute("aria-pressed", "false");
    expect("iframe").toHaveStyle({ width: "390px" });
});

test("where a computer's page could not be read, the preview begins with a phone's", async () => {
    await mountForm(PREVIEW, 350);
    expect("button[title='On a phone']").toHaveAttribute("aria-pressed", "true");
});
