{
    "name": "Lead Management – Consent for Follow-up Plans",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Send emails of plans only to people who have agreed to their purpose",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_consent", "lead_management_plan"],
    "data": [
        "views/mail_activity_plan_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
