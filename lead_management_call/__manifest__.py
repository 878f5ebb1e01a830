{
    "name": "Lead Management – Calls",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Log calls with outcome and next step in one dialog, and call in turn",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management"],
    "data": [
        "security/ir.model.access.csv",
        "data/crm_lead_call_outcome_data.xml",
        "views/crm_lead_call_outcome_views.xml",
        "views/crm_lead_call_views.xml",
        "views/crm_lead_views.xml",
        "views/res_config_settings_views.xml",
        "wizard/crm_lead_call_log_views.xml",
    ],
    "demo": [
        "demo/crm_lead_call_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_call/static/src/**/*",
        ],
        "web.assets_tests": [
            "lead_management_call/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
