import { _t } from "@web/core/l10n/translation";
import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { x2ManyCommands } from "@web/core/orm_service";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { convert, focusFirst } from "./conversion_keys";
import { ConversionValueField } from "./conversion_value_field";

let lastGroup = 0;

/**
 * What will be written: what somebody has to decide is open, and the rest is one line that
 * unfolds.
 */
export class ConversionValuesField extends Component {
    static template = "lead_management.ConversionValuesField";
    static components = { ConversionValueField };
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.group = `lead_conversion_question_${++lastGroup}`;
        this.state = useState({ isOpen: false });
        // The dialog has its buttons, and focuses what comes first, a little later.
        onMounted(() => requestAnimationFrame(() => this.root.el && focusFirst(this.root.el)));
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    /** What has to be decided: two answers each, the first of which is to change nothing. */
    get questions() {
        const asked = new Map();
        for (const line of this.lines.filter((line) => line.data.question)) {
            const key = line.data.question;
            asked.set(key, [...(asked.get(key) || []), line]);
        }
        const questions = [...asked].map(([key, lines]) => this.getQuestion(key, lines));
        const address = this.getAddressQuestion();
        return address ? [...questions, address] : questions;
    }

    getQuestion(key, lines) {
        const isTaken = lines.some((line) => line.data.is_written);
        const [line] = lines;
        // Another record may share the address: it is shown once.
        const shown = lines.filter(({ data }) => data.record_name === line.data.record_name);
        const now = join(shown.map(({ data }) => data.current_value));
        return {
            key,
            title: line.data.question,
            answers: [
                {
                    key: "keep",
                    text: now || _t("leave it blank"),
                    hint: now ? _t("stays") : "",
                    isChosen: !isTaken,
                    choose: () => this.write(lines, false),
                },
                {
                    key: "take",
                    text: join(shown.map(({ data }) => data.value)),
                    hint: _t("from the lead"),
                    isChosen: isTaken,
                    choose: () => this.write(lines, true),
                },
            ],
            typed: isTaken && lines.length === 1 && isEditable(line) && line,
        };
    }

    /** Which address a new contact has, unless the account gets the lead's anyway. */
    getAddressQuestion() {
        const { address_question: question, shares_address: isShared } = this.props.record.data;
        const isMoot = this.lines.some(
            ({ data }) =>
                data.record_name === "account" &&
                data.field_name === "street" &&
                data.question &&
                data.is_written
        );
        if (!question || isMoot) {
            return false;
        }
        const choose = (isShared) => this.props.record.update({ shares_address: isShared });
        return {
            key: "contact_address",
            title: question.question,
            answers: [
                {
                    key: "own",
                    text: question.own,
                    hint: _t("from the lead"),
                    isChosen: !isShared,
                    choose: () => choose(false),
                },
                {
                    key: "shared",
                    text: question.shared,
                    hint: _t("as the account"),
                    isChosen: isShared,
                    choose: () => choose(true),
                },
            ],
        };
    }

    /** Take values of the lead over, or leave what is there. */
    write(lines, isWritten) {
        const changes = { is_written: isWritten };
        const commands = lines.map((line) =>
            x2ManyCommands.update(line.resId || line._virtualId, changes)
        );
        return this.props.record.data[this.props.name].applyCommands(commands);
    }

    /** The values nobody has to look at, by the record that gets them. */
    get groups() {
        const rest = this.lines.filter((line) => !line.data.question);
        const labels = this.props.record.data[this.props.name].fields.record_name.selection;
        return labels
            .map(([name, label]) => ({
                name,
                label,
                lines: rest.filter((line) => line.data.record_name === name),
            }))
            .filter((group) => group.lines.length);
    }

    get takenOver() {
        return this.lines.filter((line) => !line.data.question && line.data.is_written).length;
    }

    isReadonly(line) {
        return this.props.readonly || !isEditable(line);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target.type === "radio") {
            ev.preventDefault();
            convert(this.root.el);
        }
    }
}

function isEditable(line) {
    return line.data.is_typed || Boolean(line.data.comodel);
}

function join(texts) {
    return texts.filter(Boolean).join(", ");
}

registry
    .category("lazy_components")
    .add("lead_management.ConversionValuesField", ConversionValuesField);
