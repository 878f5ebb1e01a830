import { Domain } from "@web/core/domain";
import { registry } from "@web/core/registry";
import { DomainField, domainField } from "@web/views/fields/domain/domain_field";

/**
 * A filter on part of a model's records: what is counted and shown are those of them that
 * it is about. The option `base_domain` is a domain, or the field that has it.
 */
export class LeadDomainField extends DomainField {
    static props = { ...DomainField.props, baseDomain: { type: String, optional: true } };

    getEvaluatedDomain(props = this.props) {
        const domain = super.getEvaluatedDomain(props);
        const { baseDomain = "[]", record } = props;
        const base = record.fieldNames.includes(baseDomain) ? record.data[baseDomain] : baseDomain;
        return domain.isInvalid ? domain : Domain.and([new Domain(base || "[]"), domain]).toList();
    }
}

registry.category("fields").add("lead_domain", {
    ...domainField,
    component: LeadDomainField,
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...domainField.extractProps(fieldInfo, dynamicInfo),
        baseDomain: fieldInfo.options.base_domain,
    }),
});
