const BUTTON = "button:is([name=action_apply], [name=action_mass_convert]):not(.d-none)";

/** Return the dialog's button that converts, if it is there. */
function getButton(el) {
    const dialog = el.closest(".modal, .o_action") || document;
    return [...dialog.querySelectorAll(BUTTON)].find((button) => button.offsetParent);
}

/** Convert, from any place of the dialog. */
export function convert(el) {
    getButton(el)?.click();
}

/** Put the focus on the button that converts, and show the dialog from its top. */
export function focusButton(el) {
    getButton(el)?.focus();
    el.closest(".modal-body")?.scrollTo(0, 0);
}

/**
 * Put the focus on what is to be decided first, else on the button that converts.
 *
 * Nothing is done where somebody was faster.
 */
export function focusFirst(el) {
    const dialog = el.closest(".modal");
    const active = document.activeElement;
    if (!dialog || (dialog.contains(active) && active.matches("[type=text], textarea"))) {
        return;
    }
    const question = dialog.querySelector(
        ".o_lead_conversion_doubt input:checked, .o_lead_conversion_question input:checked"
    );
    // On a phone, where nobody types, the cards are seen first.
    (question || getButton(el))?.focus({ preventScroll: window.innerWidth < 768 });
}
