{
    "name": "Lead Management – Consent for Email Marketing",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Send mailings only to people who have agreed to their purpose",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_consent", "mass_mailing_crm"],
    "data": [
        "security/ir.model.access.csv",
        "views/mailing_mailing_views.xml",
    ],
    "auto_install": True,
}
