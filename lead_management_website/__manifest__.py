{
    "name": "Lead Management – Website",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "summary": "Let the assignment rules give out the leads of Odoo's website",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "depends": ["lead_management_assignment", "website_crm"],
    "data": ["views/crm_lead_assignment_rule_views.xml"],
    "auto_install": True,
}
