{
    "name": "Lead Management – Email Marketing",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Follow in lead campaigns who got, opened and answered a mailing",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_campaign", "mass_mailing_crm"],
    "auto_install": True,
}
