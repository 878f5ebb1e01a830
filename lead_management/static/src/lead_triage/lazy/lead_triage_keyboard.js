import { useExternalListener } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const EDITABLE =
    "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]";

/** Returns the keys, with what they do, in the order in which they are told. */
export function getTriageKeys() {
    return registry
        .category("lead_triage_keys")
        .getEntries()
        .map(([key, entry]) => ({ key, ...entry }));
}

/**
 * Listens to keys while triage is on the screen, unless they are typed into something.
 *
 * @param {Component} triage
 */
export function useTriageKeyboard(triage) {
    const ui = useService("ui");

    function isForTriage(ev) {
        return (
            (ev.target === document.body || triage.root.el?.contains(ev.target)) &&
            ui.activeElement === document &&
            !(ev.defaultPrevented || ev.isComposing || ev.ctrlKey || ev.metaKey || ev.altKey)
        );
    }

    /** Returns whether the key means anything here. */
    function press(key, target) {
        const { choice } = triage.state;
        const isInForm = Boolean(target.closest(".o_lead_triage_form"));
        if (key === "Escape" && (choice || isInForm)) {
            triage.state.choice = null;
            triage.list.el.focus();
        } else if (target.closest(EDITABLE)) {
            return false;
        } else if (choice && /^[1-9]$/.test(key)) {
            triage.pick(Number(key) - 1);
        } else if (choice && key === "Enter" && !target.closest("button")) {
            triage.pick();
        } else if (key === "?") {
            triage.state.hasLegend = !triage.state.hasLegend;
        } else if (!isInForm && ["ArrowDown", "ArrowUp"].includes(key)) {
            triage.run(() => triage.move(key === "ArrowDown" ? 1 : -1));
        } else {
            const entry = getTriageKeys().find((known) => known.key === key.toLowerCase());
            if (entry) {
                triage.press(entry);
            }
            return Boolean(entry);
        }
        return true;
    }

    useExternalListener(window, "keydown", (ev) => {
        if (isForTriage(ev) && press(ev.key, ev.target)) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    });
}
