import { _t } from "@web/core/l10n/translation";

/** The answers to a question of the qualification, from worst to best. */
export const ANSWERS = [
    ["unknown", _t("Unknown")],
    ["no", _t("No")],
    ["partly", _t("Partly")],
    ["yes", _t("Yes")],
];

/** The fields of the five questions, with the shortest words for them. */
export const QUESTIONS = [
    ["bant_contact", _t("Contact verified")],
    ["bant_need", _t("Need")],
    ["bant_budget", _t("Budget")],
    ["bant_authority", _t("Authority")],
    ["bant_timing", _t("Timing")],
];

/** What form and list need to know of the fields. */
export const QUESTION_FIELDS = QUESTIONS.map(([name, string]) => ({
    name,
    string,
    type: "selection",
    selection: ANSWERS,
}));
