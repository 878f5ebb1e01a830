// What the crawl asks of a page; put into every page before its own scripts.
window.crawl = (() => {
    // Odoo's own parts, or ways to another page rather than something to click
    const NATIVE = [
        ".o-mail-Chatter, .o-mail-Form-chatter, .note-editable, .o_field_html",
        ".o_breadcrumb, .o_pager, .o_searchview, .o_search_options, .o_cp_switch_buttons",
        ".o_searchview_dropdown_toggler, .o_cp_action_menus, .o_form_button_create",
        ".o_control_panel_breadcrumbs_actions, .o_datetime_picker, .o_calendar_sidebar",
        ".o_external_button, .o_input_dropdown, .o_m2o_avatar, .o_field_many2one_avatar",
        ".o_field_x2many_list_row_add, .o_optional_columns_dropdown, .o_pivot thead",
        ".o_setting_search, .settings_tab, .o-autocomplete, .oe_kanban_colorpicker",
        ".o_domain_selector, .o_tree_editor, .o_kanban_config, .fc, .o_search_bar_menu",
        ".o_form_status_indicator, .o_form_button_cancel, .o_list_button_discard",
        ".o_bottom_sheet, .o_emoji_picker, .o-mail-ActivityListPopover, .o_field_tags",
    ].join(", ");
    const CLICKABLE =
        "button, a[href], a[role=button], a[type], .o_notebook .nav-link," +
        " [role=button], [role=radio], .oe_kanban_action, .o_lead_home [tabindex]";
    // Requests that end when they like
    const ENDLESS = /\/websocket|\/bus\/|\/longpolling|\/web\/image|\/web\/content/;
    // What goes away by itself does not lie above the page.
    const STILL = `
        .o_notification_manager, .o-tooltip { pointer-events: none !important; }
        .modal, .modal-dialog, .o_notification { transition: none !important; }
        .o_reward { display: none !important; }`;
    // Where a form or a page of ours is
    const PLACES = ".o_form_sheet_bg, .o_form_view .o_content, .o_lead_home";
    const TEXT_NODES = 4; // for a walk through a document
    const DATA = ".o_data_cell, .o_field_char"; // what records are called by now
    const ALIKE = 2; // elements of the same words that are clicked
    const PAUSE = 15; // milliseconds
    // To forget what was typed, if anything was
    const DISCARD =
        ".o_form_status_indicator_buttons:not(.invisible) .o_form_button_cancel," +
        " .o_list_button_discard";
    const dialogs = () => [...document.querySelectorAll(".o_dialog")];
    const isShown = (element) => element.getClientRects().length;
    const services = () => odoo.__WOWL_DEBUG__.root.env.services;
    const texts = (selector, root = document) =>
        [...root.querySelectorAll(selector)].map((element) => element.innerText.trim());

    // -- what goes on --------------------------------------------------------------

    const errors = []; // what the server answered instead of a result
    const views = new Set(); // the ids of the views that were read
    let pending = 0;

    function listen(answer, url) {
        try {
            const start = answer.slice(0, 200);
            if (url.includes("/get_views")) {
                const found = JSON.parse(answer).result?.views || {};
                Object.values(found).forEach((view) => views.add(view.id));
            }
            if (start.includes('"error"')) {
                const { error } = JSON.parse(answer);
                if (error) {
                    const { name, message, debug } = error.data || {};
                    errors.push({ url, name, message: message || error.message, debug });
                }
            }
        } catch {
            // no answer of a method
        }
    }

    const { open: openRequest, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url, ...rest) {
        this.crawlUrl = String(url);
        return openRequest.call(this, method, url, ...rest);
    };
    XMLHttpRequest.prototype.send = function (...body) {
        if (!ENDLESS.test(this.crawlUrl)) {
            pending++;
            this.addEventListener("loadend", () => {
                pending--;
                if (!this.responseType || this.responseType === "text") {
                    listen(this.responseText, this.crawlUrl);
                }
            });
        }
        return send.apply(this, body);
    };
    const { fetch } = window;
    window.fetch = async (...request) => {
        pending++;
        try {
            return await fetch(...request);
        } finally {
            pending--;
        }
    };
    const { appendChild } = Node.prototype;
    Node.prototype.appendChild = function (element) {
        if ((element.src && element.tagName === "SCRIPT") || element.rel === "stylesheet") {
            pending++;
            element.addEventListener("load", () => pending--, { once: true });
            element.addEventListener("error", () => pending--, { once: true });
        }
        return appendChild.call(this, element);
    };
    document.addEventListener("DOMContentLoaded", () => {
        const style = document.createElement("style");
        style.textContent = STILL;
        document.head.append(style);
    });

    const isBusy = () =>
        pending > 0 || window.odoo?.__WOWL_DEBUG__?.root.__owl__.app.scheduler.tasks.size;

    /** Wait until nothing is under way, and tell what there is to see then. */
    async function rest(patience) {
        const until = Date.now() + patience;
        for (let quiet = 0; quiet < 2; quiet++) {
            await new Promise((resolve) => setTimeout(resolve, PAUSE));
            if (isBusy()) {
                quiet = -1;
            }
            if (Date.now() > until) {
                pending = 0;
                return { ...look(), is_late: true };
            }
        }
        return look();
    }

    // -- what there is -------------------------------------------------------------

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

    /** All there is to click in some roots, each with a name that is the same next time. */
    function collect(roots, selector, prefix = "") {
        const firsts = new Map();
        const numbers = {};
        const nth = (key) => (numbers[key] = (numbers[key] || 0) + 1);
        const found = [];
        const elements = roots.flatMap((root) => [...root.querySelectorAll(selector)]);
        for (const element of elements) {
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
            const { title, ariaLabel, dataset, className } = element;
            const words = text || title || ariaLabel || dataset.tooltip || className;
            const what = element.tagName.toLowerCase();
            const key = [what, name, words.replace(/[0-9.,]+/g, "#")].join("|");
            const number = nth(key);
            if (number > ALIKE) {
                continue;
            }
            element.dataset.crawl = `${prefix}${key}|${number}`;
            const why = reasonToLeave(element);
            // What depends on the record
            const is_step = !!element.closest(".o_form_statusbar, [name^=action]");
            // The same in every language, where there is a name
            const common = name ? `${what}|${name}|${nth(`${what}|${name}`)}` : key;
            found.push({ id: element.dataset.crawl, common, name, words, is_step, why });
        }
        return found;
    }

    /** What is to be clicked on the page and in the menus that lie above it. */
    function collectPage() {
        const page = [...document.querySelectorAll(".o_action_manager")];
        const menus = [...document.querySelectorAll(".o-dropdown--menu, .o_popover")];
        return [
            ...collect(page, CLICKABLE),
            ...collect(menus, `${CLICKABLE}, .o-dropdown-item`, "menu|"),
        ];
    }

    /** The dialog on top: its words, its main button, and what else it has to click. */
    function lookAtDialog() {
        const dialog = dialogs().at(-1);
        if (!dialog) {
            return null;
        }
        const title = texts(".modal-title", dialog)[0] || "";
        const body = [...dialog.querySelectorAll(".modal-body")];
        const footer = [...dialog.querySelectorAll(".modal-footer")];
        const prefix = `dialog|${title.replace(/[0-9.,]+/g, "#")}|`;
        const buttons = collect(footer, "button:not([data-hotkey=x], [data-hotkey=z])", prefix);
        const primary = [...dialog.querySelectorAll(".modal-footer .btn-primary")];
        const main = primary.find((button) => isShown(button) && !button.disabled);
        return {
            title,
            text: dialog.innerText.slice(0, 3000),
            is_error: !!dialog.querySelector(".o_error_dialog"),
            has_details: !!dialog.querySelector(".o_error_dialog .modal-body button.btn-link"),
            inside: collect(body, CLICKABLE, prefix),
            main: buttons.find(({ id }) => id === main?.dataset.crawl) || null,
            others: buttons.filter(({ id }) => id !== main?.dataset.crawl),
        };
    }

    /** What would be different if a click had led somewhere. */
    function state() {
        const view = document.querySelector(".o_action_manager .o_action");
        return JSON.stringify([
            location.pathname,
            texts(".o_breadcrumb, .o_last_breadcrumb_item"),
            view?.className || "",
        ]);
    }

    const untranslated = new Set(); // texts that have a translation

    /** Texts that are seen as they are written, though they have a translation. */
    function seenUntranslated() {
        const roots = untranslated.size ? ".o_action_manager, .o_dialog" : null;
        const seen = new Set();
        for (const root of roots ? document.querySelectorAll(roots) : []) {
            const walker = document.createTreeWalker(root, TEXT_NODES);
            while (walker.nextNode()) {
                const text = walker.currentNode.data.trim();
                const { parentElement } = walker.currentNode;
                const isShownText = isShown(parentElement) && !parentElement.closest(DATA);
                if (isShownText && untranslated.has(text)) {
                    seen.add(text);
                }
            }
        }
        return [...seen];
    }

    /** Parts of the page that are wider than their place, which lists alone may be. */
    function tooWide() {
        const parts = [...document.querySelectorAll(`${PLACES}, .modal-body`)];
        return parts
            .filter((part) => isShown(part) && part.scrollWidth > part.clientWidth + 1)
            .map((part) => `${part.className.slice(0, 60)}: ${part.scrollWidth} px`);
    }

    function look() {
        return {
            untranslated: seenUntranslated(),
            wide: tooWide(),
            errors: errors.splice(0),
            views: [...views],
            state: state(),
            dialog: lookAtDialog(),
            is_dirty: [...document.querySelectorAll(DISCARD)].some(isShown),
            items: collectPage(),
        };
    }

    // -- what is done --------------------------------------------------------------

    /** Where to click an element, or why it can't be. */
    function aim(selector) {
        const element = [...document.querySelectorAll(selector)].filter(isShown).at(-1);
        if (!element) {
            return { why: "gone before its click" };
        }
        element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        const { left, top, width, height } = element.getClientRects()[0];
        const [x, y] = [left + width / 2, top + height / 2];
        const hit = document.elementFromPoint(x, y);
        if (!hit || !element.contains(hit)) {
            const what = hit ? `${hit.tagName.toLowerCase()}.${hit.className}` : "nothing";
            return { x, y, why: `covered by ${what.slice(0, 60)}` };
        }
        return { x, y };
    }

    async function open([action, options, context]) {
        const { config } = odoo.loader.modules.get("@web/core/transition");
        config.disabled = true;
        const service = services().action;
        const request = await service.loadAction(action, context);
        await service.doAction(request, { clearBreadcrumbs: true, ...options });
    }

    /** Close what lies above the page, and forget what was typed. */
    async function leave() {
        for (let times = 0; times < 4; times++) {
            const dialog = dialogs().at(-1);
            const selectors = dialog
                ? ".modal-header .btn-close, footer .btn-secondary, footer .btn"
                : DISCARD;
            const buttons = [...(dialog || document).querySelectorAll(selectors)];
            const button = buttons.filter(isShown)[0];
            if (!button) {
                break;
            }
            button.click();
            await rest(5000);
        }
    }

    /** The menus of ours, and what each shows. */
    async function menus([modules, actions]) {
        const { menu, action } = services();
        const found = [];
        for (const entry of menu.getAll()) {
            const isOurs = modules.includes((entry.xmlid || "").split(".")[0]);
            if (!entry.actionID || !(isOurs || actions.includes(entry.actionID))) {
                continue;
            }
            const loaded = await action.loadAction(entry.actionID);
            found.push({
                name: entry.name,
                action: loaded.xml_id || entry.actionID,
                model: loaded.res_model,
                search_view: loaded.search_view_id?.[0] || null,
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
        const fields = (dialogs().at(-1) || document).querySelectorAll(
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

    /** Mark the filters and groupings of the open search menu; return their words. */
    function filters() {
        const found = [];
        for (const menu of ["o_filter_menu", "o_group_by_menu"]) {
            const entries = `.${menu} .o_menu_item:not(.o_add_custom_filter), .${menu} .o_accordion`;
            for (const entry of [...document.querySelectorAll(entries)].filter(isShown)) {
                entry.dataset.crawlFilter = found.length;
                const words = entry.innerText.trim().split("\n")[0];
                found.push({ words, is_folded: entry.matches(".o_accordion"), menu });
            }
        }
        return found;
    }

    return { untranslated, rest, look, aim, open, leave, menus, missing, filters };
})();
