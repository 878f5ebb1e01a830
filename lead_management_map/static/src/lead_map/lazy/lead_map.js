import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const ADDRESS = ["street", "street2", "zip", "city", "state_id", "country_id"];

/**
 * The lead's address on a map. Nothing is asked of the map service before somebody wants
 * to see it, unless the admin has maps shown at once.
 */
export class LeadMap extends Component {
    static template = "lead_management_map.LeadMap";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ map: null });
        useRecordObserver((record) => {
            const place = [
                record.resId,
                ...ADDRESS.map((name) => record.data[name]?.id ?? record.data[name]),
            ];
            if (this.place !== JSON.stringify(place) || record.dirty) {
                this.place = JSON.stringify(place);
                this.state.map = null;
                if (record.resId && record.data.map_at_once && !record.dirty) {
                    this.load();
                }
            }
        });
    }

    /** Of an address that isn't saved the server knows nothing. */
    async load() {
        const { record } = this.props;
        if (!record.dirty || (await record.save())) {
            this.state.map = await this.keepLast.add(
                this.orm.silent.call("crm.lead", "get_map", [[record.resId]])
            );
        }
    }
}

registry.category("lazy_components").add("lead_management_map.LeadMap", LeadMap);
