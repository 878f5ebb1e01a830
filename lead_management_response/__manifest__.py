{
    "name": "Lead Management – Response",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Answer leads within a promised time, counted in working hours",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_assignment"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_response_security.xml",
        "data/mail_activity_type_data.xml",
        "data/ir_cron_data.xml",
        "views/crm_lead_response_policy_views.xml",
        "views/crm_lead_views.xml",
        "views/res_config_settings_views.xml",
        "report/crm_lead_report_views.xml",
    ],
    "demo": [
        "demo/crm_lead_response_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_response/static/src/**/*",
            ("remove", "lead_management_response/static/src/*/lazy/**/*"),
        ],
        "lead_management.assets_lazy": [
            "lead_management_response/static/src/*/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_response/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "lead_management_response/static/tests/*.js",
        ],
    },
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
