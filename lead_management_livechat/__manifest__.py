{
    "name": "Lead Management – Live Chat",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "summary": "Let the assignment rules give out the leads of live chats",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "depends": ["crm_livechat", "lead_management_assignment"],
    "data": ["views/crm_lead_assignment_rule_views.xml"],
    "auto_install": True,
}
