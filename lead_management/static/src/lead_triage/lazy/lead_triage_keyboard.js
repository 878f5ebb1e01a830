import { useExternalListener } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const EDITABLE =
    "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]";
const OTHER_KEYS = /^([1-9?]|ArrowDown|ArrowUp)$/;

/** Returns the keys, with what they do, in the order in which they are told. */
export function getTriageKeys() {
    return registry
        .category("lead_triage_keys")
        .getEntries()
        .map(([key, entry]) => ({ key, ...entry }));
}

/**
 * Listens to keys while triage is on the screen, unless they are typed into something. Keys
 * that come while something is done wait for it: only then it is known what they mean.
 *
 * @param {Component} triage
 * @returns {Object} `goOn(isDone)`, to be called when something is done, or has failed
 */
export function useTriageKeyboard(triage) {
    const ui = useService("ui");
    const waiting = [];

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

    /** Returns whether the key may mean something when its turn comes. */
    function wait(ev) {
        if (ev.target.closest(`${EDITABLE}, .o_lead_triage_form`)) {
            return false;
        }
        const isKey = getTriageKeys().some(({ key }) => key === ev.key.toLowerCase());
        if (ev.key === "Escape") {
            waiting.length = 0;
        } else if (!isKey && !OTHER_KEYS.test(ev.key)) {
            return false;
        } else if (!ev.repeat) {
            // A key that is held down does what there is time for.
            waiting.push(ev.key);
        }
        return true;
    }

    /** Presses the keys that wait, unless they were meant for what did not come about. */
    function goOn(isDone) {
        while (waiting.length && !triage.isBusy) {
            const target = document.activeElement;
            const isHere = target === document.body || triage.list.el?.contains(target);
            if (!isDone || triage.isGone || ui.activeElement !== document || !isHere) {
                waiting.length = 0;
            } else {
                press(waiting.shift(), target);
            }
        }
    }

    useExternalListener(window, "keydown", (ev) => {
        if (isForTriage(ev) && (triage.isBusy ? wait(ev) : press(ev.key, ev.target))) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    });
    return { goOn };
}
