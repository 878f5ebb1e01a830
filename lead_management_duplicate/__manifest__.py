{
    "name": "Lead Management – Duplicates",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Find accounts that are there twice and merge them",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_account_duplicate_security.xml",
        "views/crm_account_duplicate_views.xml",
        "wizard/base_partner_merge_views.xml",
        "data/ir_cron_data.xml",
    ],
    "demo": [
        "demo/crm_account_duplicate_demo.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "lead_management_duplicate/static/tests/tours/**/*",
        ],
    },
    "auto_install": ["lead_management"],
}
