{
    "name": "Lead Management – Learned Names",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Remember by which other names accounts are known",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_account_alias_security.xml",
        "views/crm_account_alias_views.xml",
        "wizard/crm_account_alias_add_views.xml",
        "views/res_partner_views.xml",
    ],
    "demo": [
        "demo/crm_account_alias_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_alias/static/src/**/*",
            ("remove", "lead_management_alias/static/src/*/lazy/**/*"),
        ],
        "lead_management.assets_lazy": [
            "lead_management_alias/static/src/*/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_alias/static/tests/tours/**/*",
        ],
    },
    "auto_install": ["lead_management"],
}
