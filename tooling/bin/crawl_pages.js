// What the crawl asks of a page; put into every page before its own scripts.
window.crawl = (() => {
    // Odoo's own parts, or ways to another page rather than something to click
    const NATIVE = [
        ".o-mail-Chatter, .o-mail-Form-chatter, .note-editable, .o_field_html",
        ".o_breadcrumb, .o_pager, .o_searchview, .o_search_options, .o_cp_switch_buttons",
        ".o_searchview_dropdown_toggler, .o_cp_action_menus, .o_form_button_create",
        ".o_control_panel_breadcrumbs_actions, .o_datepicker, .o_calendar_sidebar",
        ".o_external_button, .o_input_dropdown, .o_m2o_avatar, .o_field_many2one_avatar",
        ".o_field_x2many_list_row_add, .o_optional_columns_dropdown, .o_pivot thead",
        ".o_setting_search, .settings_tab",
    ].join(", ");
    const CLICKABLE =
        "button, a[href], a[role=button], a[type], .o_notebook .nav-link," +
        " [role=button], [role=radio], .oe_kanban_action, .o_lead_home [tabindex]";
    const dialog = () => [...document.querySelectorAll(".o_dialog")].at(-1);
    const isShown = (element) => element.getClientRects().length;
    const services = () => odoo.__WOWL_DEBUG__.root.env.services;

    /** Of rows and cards that repeat, only the first of each list counts. */
    function isRepeated(element, firsts) {
        const item = element.closest(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)");
        if (!item) {
            return false;
        }
        const list = item.closest(".o_list_table, .o_kanban_renderer") || item.parentElement;
        if (!firsts.has(list)) {
            firsts.set(list, item);
        }
        return firsts.get(list) !== item;
    }

    /** Why an element is left alone, or "" if it is to be clicked. */
    function reasonToLeave(element) {
        const href = element.getAttribute("href") || "";
        if (/^(mailto|tel|sms):/.test(href)) {
            return "opens another program";
        }
        const isForeign = /^https?:/.test(href) && !href.startsWith(location.origin);
        return element.target === "_blank" || isForeign ? "leaves the page" : "";
    }

    /** All there is to click, each with a name that is the same the next time. */
    function collect() {
        const root = document.querySelector(".o_action_manager");
        const firsts = new Map();
        const numbers = {};
        const found = [];
        for (const element of root.querySelectorAll(CLICKABLE)) {
            if (
                !isShown(element) ||
                element.disabled ||
                element.closest(NATIVE) ||
                element.parentElement.closest("button, a[href]") ||
                isRepeated(element, firsts)
            ) {
                continue;
            }
            const name = element.getAttribute("name") || "";
            const text = (element.innerText || "").trim().replace(/\s+/g, " ").slice(0, 40);
            const words =
                text || element.title || element.ariaLabel || element.dataset.tooltip || "";
            const what = element.tagName.toLowerCase();
            const key = [what, name, words.replace(/[0-9.,]+/g, "#")].join("|");
            numbers[key] = (numbers[key] || 0) + 1;
            element.dataset.crawl = `${key}|${numbers[key]}`;
            const why = reasonToLeave(element);
            // What depends on the record
            const is_step = !!element.closest(".o_form_statusbar, [name^=action]");
            found.push({ id: element.dataset.crawl, words, is_step, why });
        }
        return found;
    }

    /** What would be different if a click had led somewhere. */
    function state() {
        const texts = (selector) =>
            [...document.querySelectorAll(selector)].map((element) => element.innerText);
        return JSON.stringify([
            location.pathname + location.search,
            texts(".o_breadcrumb, .o_last_breadcrumb_item, .o_notebook .nav-link.active"),
            document.querySelectorAll(".o_dialog, .o-dropdown--menu").length,
            !!document.querySelector(".o_form_status_indicator_buttons:not(.invisible)"),
        ]);
    }

    async function open([action, options, context]) {
        const service = services().action;
        const request = await service.loadAction(action, context);
        await service.doAction(request, { clearBreadcrumbs: true, ...options });
    }

    /** Every menu with an action, and what the action shows. */
    async function menus() {
        const { menu, action } = services();
        const found = [];
        for (const entry of menu.getAll()) {
            if (!entry.actionID || entry.actionModel === "ir.actions.act_url") {
                continue;
            }
            const loaded = await action.loadAction(entry.actionID);
            found.push({
                menu: entry.xmlid,
                name: entry.name,
                xml_id: loaded.xml_id || "",
                res_model: loaded.res_model,
                type: loaded.type,
                views: (loaded.views || []).map(([, view]) => view),
            });
        }
        return found;
    }

    /** Mark the required fields of the dialog that are empty; return their kinds. */
    function missing() {
        const kinds = {
            many2one: ".o_field_many2one, .o_field_many2many_tags",
            date: ".o_field_date, .o_field_datetime, .o_field_remaining_days",
            number: ".o_field_integer, .o_field_float, .o_field_monetary",
        };
        const fields = dialog().querySelectorAll(
            ".o_field_widget.o_required_modifier, .o_field_invalid"
        );
        const found = [];
        for (const field of [...fields].filter(isShown)) {
            const input = field.querySelector("input, textarea, select");
            const isText = input && !["checkbox", "radio"].includes(input.type);
            if (!isText || input.disabled || (input.value && input.value !== "false")) {
                continue;
            }
            input.dataset.crawlFill = found.length;
            const kind = Object.keys(kinds).find((kind) => field.matches(kinds[kind]));
            found.push(input.tagName === "SELECT" ? "select" : kind || "text");
        }
        return found;
    }

    return { collect, state, open, menus, missing };
})();
