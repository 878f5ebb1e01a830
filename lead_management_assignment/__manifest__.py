{
    "name": "Lead Management – Assignment",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "summary": "Queues to claim leads from, and rules that give them to people",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "depends": ["lead_management_bulk"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_queue_security.xml",
        "security/crm_lead_assignment_security.xml",
        "data/ir_cron_data.xml",
        "data/crm_lead_queue_mail_data.xml",
        "wizard/crm_lead_queue_wizard_views.xml",
        "views/crm_lead_queue_views.xml",
        "wizard/crm_lead_assignment_test_views.xml",
        "views/crm_lead_assignment_views.xml",
        "views/crm_lead_views.xml",
        "report/crm_lead_report_views.xml",
        "views/crm_lead_assignment_rule_views.xml",
        "views/res_config_settings_views.xml",
        "views/lead_management_menus.xml",
        "data/ir_actions_server_data.xml",
        "wizard/crm_lead_bulk_views.xml",
    ],
    "demo": [
        "demo/crm_lead_queue_demo.xml",
        "demo/crm_lead_assignment_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_assignment/static/src/**/*",
            ("remove", "lead_management_assignment/static/src/*/lazy/**/*"),
        ],
        "lead_management.assets_lazy": [
            "lead_management_assignment/static/src/*/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_assignment/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "lead_management_assignment/static/tests/*.js",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": ["lead_management_bulk"],
}
