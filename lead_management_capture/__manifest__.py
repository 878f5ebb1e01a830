{
    "name": "Lead Management – Web Capture",
    "version": "19.0.1.1.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Web forms for any website: what visitors send becomes leads",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_assignment"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_capture_security.xml",
        "data/ir_cron_data.xml",
        "views/crm_lead_capture_templates.xml",
        "wizard/crm_lead_capture_code_views.xml",
        "views/crm_lead_capture_form_views.xml",
        "wizard/crm_lead_capture_erase_views.xml",
        "views/crm_lead_capture_submission_views.xml",
        "views/crm_lead_capture_statistics_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "demo": [
        "demo/crm_lead_capture_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_capture/static/src/**/*",
            ("remove", "lead_management_capture/static/src/*/lazy/**/*"),
        ],
        "lead_management.assets_lazy": [
            "lead_management_capture/static/src/*/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_capture/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "lead_management_capture/static/tests/*.js",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": ["lead_management_assignment"],
}
