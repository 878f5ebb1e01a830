import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { lazyComponent } from "@lead_management/lazy_component/lazy_component";

registry.category("fields").add("capture_preview", {
    component: lazyComponent("lead_management_capture.CapturePreviewField"),
    displayName: _t("Preview of a web form"),
    supportedTypes: ["text"],
});
