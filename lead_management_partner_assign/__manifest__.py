{
    "name": "Lead Management – Partner Assignment",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "summary": "Count opportunities as opportunities, beside resellers, too",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "depends": ["lead_management", "website_crm_partner_assign"],
    "auto_install": True,
}
