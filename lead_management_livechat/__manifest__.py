{
    "name": "Lead Management – Live Chat",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Let the assignment rules give out the leads of live chats",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["crm_livechat", "lead_management_assignment"],
    "data": ["views/crm_lead_assignment_rule_views.xml"],
    "auto_install": True,
}
