import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { after, expect, test } from "@odoo/hoot";
import { queryFirst } from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { utils } from "@web/core/ui/ui_service";

const STATUSES = ["New", "Assigned", "In process", "Recycled", "Waiting", "Called", "Met", "Dead"];

class Status extends models.Model {
    _name = "crm.lead.status";

    name = fields.Char();
    category = fields.Char();

    _records = STATUSES.map((name, index) => ({ id: index + 1, name, category: "new" }));
}

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    status_id = fields.Many2one({ relation: "crm.lead.status" });

    _records = [{ id: 1, name: "Acme", status_id: STATUSES.length }];
}

defineMailModels();
defineModels([Lead, Status]);

/** Returns how far the board is scrolled, and where the column with the lead begins. */
async function mountBoard() {
    onRpc("web_read_group", ({ parent }) => {
        const result = parent();
        const empty = STATUSES.slice(0, -1).map((name, index) => ({
            __extra_domain: [["status_id", "=", index + 1]],
            status_id: [index + 1, name],
            __count: 0,
            __records: [],
        }));
        result.groups.unshift(...empty);
        result.length = STATUSES.length;
        return result;
    });
    await mountView({
        type: "kanban",
        resModel: "crm.lead",
        groupBy: ["status_id"],
        arch: `
            <kanban js_class="lead_kanban">
                <templates><t t-name="card"><field name="name"/></t></templates>
            </kanban>`,
    });
    const board = queryFirst(".o_kanban_renderer");
    const column = queryFirst(".o_kanban_group:has(.o_kanban_record)");
    return { board: board.getBoundingClientRect(), column: column.getBoundingClientRect() };
}

/** Has the board scroll by itself, as wide as it is on a phone. */
function haveNarrowBoard() {
    const style = document.createElement("style");
    style.textContent = ".o_kanban_renderer { width: 400px; overflow-x: auto !important; }";
    document.head.append(style);
    after(() => style.remove());
}

test("on a phone the board begins where leads are", async () => {
    haveNarrowBoard();
    patchWithCleanup(utils, { isSmall: () => true });
    const { board, column } = await mountBoard();
    expect(column.left).toBeLessThan(board.right);
    expect(".o_kanban_renderer").not.toHaveProperty("scrollLeft", 0);
});

test("on a desktop the board begins with its first column", async () => {
    haveNarrowBoard();
    await mountBoard();
    expect(".o_kanban_renderer").toHaveProperty("scrollLeft", 0);
});
