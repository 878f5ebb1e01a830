{
    "name": "Lead Management – Follow-up Plans",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Follow leads up by plan, step by step, until the person answers",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_call", "lead_management_response"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_plan_security.xml",
        "data/ir_cron_data.xml",
        "data/ir_actions_server_data.xml",
        "views/crm_lead_plan_run_views.xml",
        "views/crm_lead_plan_rule_views.xml",
        "views/mail_activity_plan_views.xml",
        "views/crm_lead_views.xml",
        "views/res_config_settings_views.xml",
        "views/unsubscribe_templates.xml",
        "wizard/crm_lead_bulk_views.xml",
        "wizard/mail_activity_schedule_views.xml",
        "report/crm_lead_plan_report_views.xml",
    ],
    "demo": [
        "demo/crm_lead_plan_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_plan/static/src/**/*",
        ],
        "web.assets_tests": [
            "lead_management_plan/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
