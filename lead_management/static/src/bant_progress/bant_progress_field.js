import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ANSWERS, QUESTIONS, QUESTION_FIELDS } from "../bant_answers/questions";

const ICONS = {
    yes: "fa-circle text-success",
    partly: "fa-adjust text-warning",
    no: "fa-times-circle text-danger",
    unknown: "fa-circle-o text-muted",
};

/** Returns a score as it is written wherever one stands. */
export function formatScore(score) {
    return _t("%s of 100", score || 0);
}

/** The score alone, for lists. */
export class LeadScoreField extends Component {
    static template = "lead_management.LeadScoreField";
    static props = { ...standardFieldProps };

    get score() {
        return formatScore(this.props.record.data[this.props.name]);
    }
}

/** The five qualification answers as five dots, and the score that they make. */
export class BantProgressField extends Component {
    static template = "lead_management.BantProgressField";
    static props = {
        ...standardFieldProps,
        showScore: { type: Boolean, optional: true },
    };

    get score() {
        return formatScore(this.props.record.data[this.props.name]);
    }

    get dots() {
        const labels = Object.fromEntries(ANSWERS);
        return QUESTIONS.map(([name, label]) => {
            const answer = this.props.record.data[name] || "unknown";
            return { name, icon: ICONS[answer], title: `${label}: ${labels[answer]}` };
        });
    }

    get description() {
        return [this.score, ...this.dots.map((dot) => dot.title)].join(", ");
    }
}

export const bantProgressField = {
    component: BantProgressField,
    displayName: _t("Qualification progress"),
    supportedOptions: [{ label: _t("Hide the score"), name: "hide_score", type: "boolean" }],
    supportedTypes: ["integer"],
    fieldDependencies: QUESTION_FIELDS,
    extractProps: ({ options }) => ({ showScore: !options.hide_score }),
};

registry.category("fields").add("bant_progress", bantProgressField);
registry.category("fields").add("lead_score", {
    component: LeadScoreField,
    displayName: _t("Score"),
    supportedTypes: ["integer"],
});
