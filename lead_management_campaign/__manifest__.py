{
    "name": "Lead Management – Campaigns",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "summary": "Remember which campaigns people were in, and how they responded",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "depends": ["lead_management_bulk"],
    "data": [
        "security/ir.model.access.csv",
        "data/crm_lead_campaign_status_data.xml",
        "views/crm_lead_campaign_views.xml",
        "views/utm_campaign_views.xml",
        "wizard/crm_lead_campaign_add_views.xml",
        "report/crm_lead_report_views.xml",
    ],
    "demo": [
        "demo/crm_lead_campaign_demo.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "auto_install": ["lead_management_bulk"],
}
