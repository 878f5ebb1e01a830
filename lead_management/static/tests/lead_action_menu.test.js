import { expect, test } from "@odoo/hoot";
import { STATIC_RANKS, arrangeForLeads } from "@lead_management/lead_action_menu/lead_action_menu";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";

const own = (key) => ({ key, callback: () => {} });
const ofServer = (key, lead_rank) => ({ key, lead_rank });
const keys = ({ action }) => action.map(({ key }) => key);

test("the menu is in the order of ranks, whoever an entry is of", () => {
    patchWithCleanup(STATIC_RANKS, { delete: 500 });
    const items = [
        own("delete"),
        own("duplicate"),
        ofServer("lost", 200),
        ofServer("somebody else's"),
        own("export"),
        ofServer("assign", 101),
    ];
    const arranged = arrangeForLeads({ action: items, print: ["report"] });
    expect(keys(arranged)).toEqual([
        "assign",
        "export",
        "lost",
        "somebody else's",
        "duplicate",
        "delete",
    ]);
    expect(arranged.action.map(({ groupNumber }) => groupNumber)).toEqual([1, 1, 2, 3, 4, 5]);
    expect(arranged.print).toEqual(["report"]);
});

test("what has another entry is left out, unless a screen wants it", () => {
    patchWithCleanup(STATIC_RANKS, { delete: 0 });
    const items = { action: [own("delete"), ofServer("hidden", 0), own("archive")] };
    expect(keys(arrangeForLeads(items))).toEqual(["archive"]);
    expect(keys(arrangeForLeads(items, { delete: 500 }))).toEqual(["archive", "delete"]);
    expect(keys(arrangeForLeads({}))).toEqual([]);
});
