{
    "name": "Lead Management – Webhooks",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Leads from lead ads and any service that calls an address",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_capture"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_hook_security.xml",
        "data/ir_cron_data.xml",
        "views/crm_lead_hook_call_views.xml",
        "views/crm_lead_hook_views.xml",
    ],
    "demo": [
        "demo/crm_lead_hook_demo.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "lead_management_hook/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
