/**
 * Returns what axe finds serious or critical on the page, in what the addons draw: where
 * the innermost component around it is theirs. What Odoo's own components and fields draw
 * is Odoo's to mend, as it is the same on every page of Odoo. Only these parts are looked
 * at, which takes no time on most pages.
 *
 * @param {string} axe its script
 */
async (axe) => {
    const isOurs = (name) =>
        /^o_(lead|bant|account_match|open_lead|capture)/.test(name) &&
        !name.startsWith("o_lead_opportunity"); // native's
    const isDrawnByUs = (element) => {
        for (let el = element; el; el = el.parentElement) {
            const drawn = [...el.classList].filter((name) => /^o[_-]/.test(name));
            if (drawn.length) {
                return drawn.some(isOurs);
            }
        }
        return false;
    };
    const parts = [...document.querySelectorAll(".o_action_manager [class*='o_']")].filter(
        (el) => [...el.classList].some(isOurs) && el.checkVisibility()
    );
    const include = parts.filter(
        (el) => !parts.some((other) => other !== el && other.contains(el))
    );
    if (!include.length) {
        return [];
    }
    if (!window.axe) {
        (0, eval)(axe);
    }
    const { violations } = await window.axe.run(
        { include },
        { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa"] }
    );
    return violations
        .filter(({ impact }) => ["serious", "critical"].includes(impact))
        .flatMap(({ help, nodes }) =>
            nodes
                .filter(({ target }) => isDrawnByUs(document.querySelector(target[0])))
                .map(({ html, failureSummary }) => `${help}\n${html}\n${failureSummary}`)
        );
};
