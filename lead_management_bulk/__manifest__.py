{
    "name": "Lead Management – Bulk Actions",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Change, assign and convert many leads, with a preview and progress",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_bulk_security.xml",
        "data/ir_cron_data.xml",
        "data/ir_actions_server_data.xml",
        "wizard/crm_lead_bulk_views.xml",
        "views/crm_lead_bulk_job_views.xml",
    ],
    "demo": [
        "demo/crm_lead_bulk_job_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_bulk/static/src/**/*",
            ("remove", "lead_management_bulk/static/src/*/lazy/**/*"),
        ],
        "lead_management.assets_lazy": [
            "lead_management_bulk/static/src/*/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_bulk/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "lead_management_bulk/static/tests/*.js",
        ],
    },
    "auto_install": ["lead_management"],
}
