import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { ANSWERS, QUESTIONS, QUESTION_FIELDS } from "./questions";

const ICONS = { unknown: "fa-question", no: "fa-times", partly: "fa-adjust", yes: "fa-check" };
const LAST = QUESTIONS.length * ANSWERS.length - 1;

/**
 * The five questions of the qualification in one row, each with its answers: one click an
 * answer. The keyboard sees one toolbar: Tab reaches it once, left and right go from answer
 * to answer, up and down from question to question, Space or Enter chooses.
 */
export class BantAnswers extends Component {
    static template = "lead_management.BantAnswers";
    static props = { ...standardWidgetProps };

    setup() {
        this.root = useRef("root");
        // Where the keyboard is; until it has been there, where the first answer is
        this.state = useState({ stop: null });
        this.hasMoved = false;
        useEffect(
            () => {
                if (this.hasMoved) {
                    this.hasMoved = false;
                    this.root.el.querySelector("[tabindex='0']").focus();
                }
            },
            () => [this.state.stop]
        );
    }

    get questions() {
        const { data } = this.props.record;
        return QUESTIONS.map(([name, label], row) => {
            const given = data[name] || "unknown";
            return {
                name,
                label,
                given: ANSWERS.find(([value]) => value === given),
                answers: ANSWERS.map(([value, title], column) => ({
                    value,
                    title,
                    icon: ICONS[value],
                    isGiven: value === given,
                    stop: row * ANSWERS.length + column,
                })),
            };
        });
    }

    get stop() {
        return this.state.stop ?? this.questions[0].answers.find((one) => one.isGiven).stop;
    }

    onKeydown(ev) {
        const forward = localization.direction === "rtl" ? -1 : 1;
        const moves = {
            ArrowRight: forward,
            ArrowLeft: -forward,
            ArrowDown: ANSWERS.length,
            ArrowUp: -ANSWERS.length,
            Home: -LAST,
            End: LAST,
        };
        const move = moves[ev.key];
        if (!move) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        const isJump = Math.abs(move) === LAST;
        const stop = this.stop + move;
        if (isJump || (stop >= 0 && stop <= LAST)) {
            this.hasMoved = true;
            this.state.stop = Math.min(Math.max(stop, 0), LAST);
        }
    }

    choose(question, answer) {
        this.state.stop = answer.stop;
        return this.props.record.update({ [question.name]: answer.value });
    }
}

registry.category("view_widgets").add("bant_answers", {
    component: BantAnswers,
    fieldDependencies: QUESTION_FIELDS.map(({ name, type }) => ({ name, type })),
});
