{
    "name": "Lead Management – Partner Assignment",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Count opportunities as opportunities, beside resellers, too",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management", "website_crm_partner_assign"],
    "auto_install": True,
}
