import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;
const TICK = 15000; // often enough for minutes to change when they do

/** The time by the clock on the wall, for everything that shows how much is left. */
export const clock = reactive({ now: DateTime.now() });
browser.setInterval(() => (clock.now = DateTime.now()), TICK);

/** Returns a span of time as one says it, in its largest unit. */
export function formatMinutes(minutes, round = Math.round) {
    if (minutes < 60) {
        return _t("%s min", minutes);
    }
    if (minutes < 48 * 60) {
        return _t("%s h", round(minutes / 60));
    }
    return _t("%s days", round(minutes / (24 * 60)));
}

/** Returns what the clock of a lead shows, with the color of its badge. */
export function getTimeLeft(due, now) {
    const minutes = due.diff(now, "minutes").minutes;
    if (minutes < 0) {
        return {
            text: _t("%s late", formatMinutes(Math.floor(-minutes))),
            color: "danger",
        };
    }
    return {
        // At least so much: nobody relies on time that isn't there.
        text: _t("%s left", formatMinutes(Math.ceil(minutes), Math.floor)),
        color: minutes > 60 ? "info" : "warning",
    };
}
