{
    "name": "Lead Management – Why?",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "What decided a lead's stars, status and owner, and what would today",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management"],
    "data": [
        "security/ir.model.access.csv",
        "views/crm_lead_decision_views.xml",
        "views/crm_lead_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_why/static/src/**/*",
            ("remove", "lead_management_why/static/src/*/lazy/**/*"),
        ],
        "lead_management.assets_lazy": [
            "lead_management_why/static/src/*/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_why/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
