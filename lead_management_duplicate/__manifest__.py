{
    "name": "Lead Management – Duplicates",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Find accounts and leads that are there twice, and merge or add to them",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_account_duplicate_security.xml",
        "security/crm_lead_duplicate_security.xml",
        "views/crm_account_duplicate_views.xml",
        "views/crm_lead_duplicate_views.xml",
        "views/crm_lead_open_views.xml",
        "views/res_config_settings_open_lead_views.xml",
        "wizard/base_partner_merge_views.xml",
        "wizard/crm_merge_choice_views.xml",
        "data/ir_cron_data.xml",
    ],
    "demo": [
        "demo/crm_account_duplicate_demo.xml",
        "demo/crm_lead_duplicate_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_duplicate/static/src/open_lead/**/*",
        ],
        "lead_management.assets_lazy": [
            "lead_management_duplicate/static/src/open_lead_quick/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_duplicate/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": ["lead_management"],
}
