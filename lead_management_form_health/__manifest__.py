{
    "name": "Lead Management – Form Health",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Who fills in web forms, where they give up, and whether the forms work",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_capture"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_capture_visit_security.xml",
        "data/mail_activity_type_data.xml",
        "data/ir_cron_data.xml",
        "views/crm_lead_capture_templates.xml",
        "views/crm_lead_capture_visit_views.xml",
        "views/crm_lead_capture_form_views.xml",
    ],
    "demo": [
        "demo/crm_lead_capture_visit_demo.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "lead_management_form_health/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
