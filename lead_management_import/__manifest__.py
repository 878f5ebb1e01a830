{
    "name": "Lead Management – Import",
    "version": "19.0.1.1.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Import leads from company lists, and take imports back",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["base_import", "lead_management_assignment"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_import_security.xml",
        "views/crm_lead_import_views.xml",
    ],
    "demo": [
        "demo/crm_lead_import_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_import/static/src/**/*",
            ("remove", "lead_management_import/static/src/*/lazy/**/*"),
        ],
        "lead_management.assets_lazy": [
            "lead_management_import/static/src/*/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_import/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "lead_management_import/static/tests/*.js",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": ["lead_management_assignment"],
}
