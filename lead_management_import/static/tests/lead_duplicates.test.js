import { ImportDuplicates } from "@lead_management_import/lead_import/lazy/import_duplicates";
import { LeadDuplicates } from "@lead_management_import/lead_import/lead_duplicates";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { reactive } from "@odoo/owl";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";

defineMailModels();

const ACCOUNT = { id: 20, display_name: "Acme Ltd", score: 0.97, reasons: ["same name"] };
const LEAD = { id: 7, name: "Jane Doe", owner: "Mitchell" };
const row = (number, values) => ({ row: number - 2, number, label: `Row ${number}`, ...values });

function find(...rows) {
    const duplicates = reactive(new LeadDuplicates());
    duplicates.add(rows);
    return duplicates;
}

test("rows of the same lead, row or account are one group", () => {
    const duplicates = find(
        row(2, { kind: "lead", lead: LEAD }),
        row(3, { kind: "lead", lead: LEAD }),
        row(4, { kind: "row", first: 2 }),
        row(5, { kind: "account", account: ACCOUNT, is_sure: true }),
        row(6, { kind: "account", account: ACCOUNT, is_sure: true })
    );
    expect(duplicates.sections.map(({ id, count }) => [id, count])).toEqual([
        ["lead", 2],
        ["row", 1],
        ["sure", 2],
    ]);
    expect(duplicates.sections.map(({ groups }) => groups.length)).toEqual([1, 1, 1]);
    expect(duplicates.count).toBe(5);
});

test("leads and rows that are there are skipped, sure accounts linked, others created", () => {
    const duplicates = find(
        row(2, { kind: "lead", lead: LEAD }),
        row(3, { kind: "row", first: 2 }),
        row(4, { kind: "account", account: ACCOUNT, is_sure: true }),
        row(5, { kind: "account", account: { ...ACCOUNT, id: 21 }, is_sure: false })
    );
    expect(duplicates.options).toEqual({ lead_skip: [0, 1], lead_link: { 20: [2] }, lead_add: {} });
});

test("rows are added to a lead where the policy says so, or somebody chooses it", () => {
    const lead = { ...LEAD, can_add: true };
    const duplicates = find(
        row(2, { kind: "lead", lead, adds: true }),
        row(3, { kind: "lead", lead: { ...lead, id: 8 }, adds: false }),
        row(4, { kind: "lead", lead: { ...LEAD, id: 9 }, adds: false })
    );
    expect(duplicates.options).toEqual({
        lead_skip: [1, 2],
        lead_link: {},
        lead_add: { 7: [0] },
    });
    const { groups } = duplicates.sections[0];
    duplicates.choose(groups, "add");
    expect(duplicates.options).toEqual({
        lead_skip: [2],
        lead_link: {},
        lead_add: { 7: [0], 8: [1] },
    });
});

test("two leads that nobody may open are not one", () => {
    const duplicates = find(
        row(2, { kind: "lead", hidden: 1 }),
        row(3, { kind: "lead", hidden: 1 })
    );
    expect(duplicates.sections[0].groups).toHaveLength(2);
});

test("what cannot be linked is created rather than lost", () => {
    const duplicates = find(row(2, { kind: "account", hidden: 1, is_sure: true }));
    expect(duplicates.options).toEqual({ lead_skip: [], lead_link: {}, lead_add: {} });
    const { groups } = duplicates.sections[0];
    expect(duplicates.choicesOf(groups[0]).map(({ id }) => id)).toEqual(["skip", "create"]);
    duplicates.choose(groups, "link");
    expect(duplicates.choiceOf(groups[0])).toBe("create");
});

test("choices are kept when the file is tested again, and forgotten with another file", () => {
    const rows = [row(2, { kind: "account", account: ACCOUNT, is_sure: true })];
    const duplicates = find(...rows);
    duplicates.choose(duplicates.sections[0].groups, "skip");
    duplicates.clear();
    expect(duplicates.count).toBe(0);
    duplicates.add(rows);
    expect(duplicates.options).toEqual({ lead_skip: [0], lead_link: {}, lead_add: {} });
    duplicates.reset();
    duplicates.add(rows);
    expect(duplicates.options).toEqual({ lead_skip: [], lead_link: { 20: [0] }, lead_add: {} });
});

test("one chooses for a group or for all of a section, and sees what will happen", async () => {
    const duplicates = find(
        row(2, { kind: "account", account: ACCOUNT, is_sure: true }),
        row(3, { kind: "account", account: { ...ACCOUNT, id: 21 }, is_sure: true }),
        row(4, { kind: "lead", lead: LEAD })
    );
    await mountWithCleanup(ImportDuplicates, {
        props: { duplicates, onChosen: (groups, choice) => duplicates.choose(groups, choice) },
        noMainContainer: true,
    });
    const summary = ".o_lead_import_summary";
    expect(summary).toHaveText("1 will be skipped, 2 linked to an account.");
    await contains(".o_lead_import_section_sure .o_lead_import_skip:first").click();
    await animationFrame();
    expect(duplicates.options).toEqual({ lead_skip: [0, 2], lead_link: { 21: [1] }, lead_add: {} });
    await contains(".o_lead_import_section_sure header button:contains(Create all)").click();
    expect(duplicates.options).toEqual({ lead_skip: [2], lead_link: {}, lead_add: {} });
    // Leads are no accounts: none of them can be linked.
    expect(queryAllTexts(".o_lead_import_section_lead header button")).toEqual([
        "Skip all",
        "Create all",
    ]);
});

test("long sections are shown in part, and so are the rows of a group", async () => {
    const duplicates = find(
        ...[...Array(9).keys()].map((index) =>
            row(index + 2, { kind: "account", account: { ...ACCOUNT, id: index + 1 } })
        ),
        ...[...Array(8).keys()].map((index) => row(index + 20, { kind: "lead", lead: LEAD }))
    );
    await mountWithCleanup(ImportDuplicates, {
        props: { duplicates, onChosen: () => {} },
        noMainContainer: true,
    });
    expect(".o_lead_import_section_lead .o_lead_import_rows").toHaveText(
        /Rows 20, 21, 22, 23, 24, 25 and 2 more/
    );
    expect(".o_lead_import_section_possible .o_lead_import_group").toHaveCount(8);
    await contains(".btn-link:contains(Show all 9)").click();
    expect(".o_lead_import_section_possible .o_lead_import_group").toHaveCount(9);
});
