"""Features have become addons of their own, which take along all that was theirs."""

from odoo import SUPERUSER_ID, api

# By addon: the `models` that are its own, with all that is of them, `ids` of what it
# adds to those of others (its fields, menus …), and `renamed` ids, old and new.
# What is one's own in a model of another addon comes before that.
MOVED = {
    "lead_management_capture": {
        "models": """
            crm.lead.capture.cached.mixin crm.lead.capture.code crm.lead.capture.consent
            crm.lead.capture.erase crm.lead.capture.field crm.lead.capture.form
            crm.lead.capture.submission crm.lead.consent
        """.split(),
        "ids": """
            crm_lead_capture_form_menu crm_lead_capture_submission_menu
            crm_lead_view_form_capture field_crm_lead__capture_form_id
            field_crm_lead__capture_origin field_crm_lead__capture_touches
            field_crm_lead__consent_ids
            field_res_config_settings__lead_capture_kept_days
        """.split(),
    },
    "lead_management_assignment": {
        "models": """
            crm.lead.assignee crm.lead.assignment.rule crm.lead.assignment.rule.entry
            crm.lead.assignment.test crm.lead.bulk.operation.assign
            crm.lead.bulk.operation.queue crm.lead.queue crm.lead.queue.archive
            crm.lead.queue.event crm.lead.queue.return
        """.split(),
        "ids": """
            constraint_crm_lead_holder_idx constraint_crm_lead_queue_best_idx
            constraint_crm_lead_queue_without_owner constraint_crm_lead_user_given_idx
            assignment_test_result crm_activity_report_rule_queue
            crm_case_tree_view_leads_queue crm_lead_action_assign_by_rules
            crm_lead_action_bulk_assign crm_lead_action_bulk_queue
            crm_lead_action_to_claim crm_lead_assignee_menu
            crm_lead_assignment_rule_menu crm_lead_menu_assignment_rules
            crm_lead_menu_to_claim crm_lead_queue_mail_arrivals crm_lead_queue_menu
            crm_lead_queue_menu_config crm_lead_recycle_view_form crm_lead_rule_queue
            crm_lead_view_form_assignment crm_lead_view_form_queue
            crm_lead_view_list_to_claim crm_lead_view_search_assignment
            field_crm_lead__assign_by_rules field_crm_lead__assignment_date
            field_crm_lead__assignment_entry_id field_crm_lead__can_claim
            field_crm_lead__can_return field_crm_lead__is_in_my_queue
            field_crm_lead__last_queue_id field_crm_lead__queue_date
            field_crm_lead__queue_event_ids field_crm_lead__queue_id
            field_crm_lead__queue_last_user_id field_crm_lead_bulk__no_queue
            field_crm_lead_bulk__queue_id field_crm_lead_bulk__queue_reason
            field_crm_lead_report__queue_id field_res_company__lead_default_owner_id
            field_res_config_settings__lead_default_owner_id ir_cron_assign_leads
            ir_cron_assign_leads_ir_actions_server
            res_config_settings_view_form_assignment res_config_settings_view_form_queue
            selection__crm_lead_bulk_job__operation__assign
            selection__crm_lead_bulk_job__operation__queue
            view_crm_case_leads_filter_queue view_crm_lead_kanban_queue
        """.split(),
    },
    "lead_management_campaign": {
        "models": """
            crm.lead.bulk.operation.campaign crm.lead.campaign.add
            crm.lead.campaign.member crm.lead.campaign.status
        """.split(),
        "ids": """
            crm_lead_campaign_member_menu crm_lead_campaign_status_menu
            crm_lead_view_form_campaign field_crm_lead__campaign_member_ids
            field_crm_lead_report__cost field_crm_lead_report__cost_currency_id
            field_res_partner__campaign_member_ids field_utm_campaign__conversion_rate
            field_utm_campaign__converted_count field_utm_campaign__cost_per_conversion
            field_utm_campaign__cost_per_lead field_utm_campaign__lead_cost
            field_utm_campaign__lead_cost_currency_id
            field_utm_campaign__lead_member_count field_utm_campaign__member_count
            field_utm_campaign__member_ids field_utm_campaign__member_status_ids
            field_utm_campaign__response_count field_utm_campaign__response_rate
            field_utm_campaign__won_count
            selection__crm_lead_bulk_job__operation__campaign utm_campaign_action_lead
            utm_campaign_demo_trade_fair utm_campaign_demo_webinar
            utm_campaign_menu_lead utm_campaign_view_form utm_campaign_view_tree
            view_partner_form_campaign
        """.split(),
    },
    "lead_management_import": {
        "models": "crm.lead.import".split(),
        "ids": """
            crm_lead_action_import crm_lead_import_menu crm_lead_menu_import
            crm_lead_view_search_import field_base_import_import__lead_import_id
            field_base_import_import__lead_next_row
            field_base_import_import__lead_row_keys field_crm_lead__import_editor_id
            field_crm_lead__import_id field_crm_lead__import_touch
        """.split(),
    },
    "lead_management_duplicate": {
        "models": "crm.account.duplicate".split(),
        "ids": """
            crm_account_duplicate_menu field_res_partner__account_contact_count
            field_res_partner__account_lead_count field_res_partner__account_order_count
            field_res_partner__not_duplicate_ids res_partner_demo_azure_twin
            res_partner_demo_azure_twin_contact
        """.split(),
    },
    "lead_management_bulk": {
        "models": """
            crm.lead.bulk crm.lead.bulk.job crm.lead.bulk.job.batch
            crm.lead.bulk.job.failure crm.lead.bulk.operation
            crm.lead.bulk.operation.convert crm.lead.bulk.operation.delete
            crm.lead.bulk.operation.owner crm.lead.bulk.operation.status
            crm.lead.bulk.operation.update
        """.split(),
        "ids": """
            crm_lead_action_bulk_delete crm_lead_action_bulk_owner
            crm_lead_action_bulk_status crm_lead_action_bulk_update
            crm_lead_action_mass_update crm_lead_bulk_job_menu crm_lead_bulk_preview
            crm_lead_menu_mass_update
        """.split(),
    },
    "lead_management_map": {
        "ids": """
            field_crm_lead__map_address field_crm_lead__map_at_once
            field_crm_lead__map_latitude field_crm_lead__map_longitude
            field_crm_lead__map_url field_res_config_settings__lead_map_at_once
        """.split(),
        "renamed": {"view_crm_lead_kanban_map": "view_crm_lead_kanban"},
    },
    "lead_management_news": {
        "models": "crm.lead.feed crm.lead.feed.item".split(),
        "ids": """
            crm_lead_feed_menu field_res_config_settings__lead_feed_days
            field_res_config_settings__lead_feed_minutes
            field_res_config_settings__lead_feed_private_hosts
            field_res_config_settings__lead_news_off
            field_res_config_settings__lead_x_bearer_token
        """.split(),
        "renamed": {"crm_lead_view_form_news": "crm_lead_view_form"},
    },
}

# What is of models, beside their own records
NAMES = "= ANY(%(models)s)"
IDS = f"IN (SELECT id FROM ir_model WHERE model {NAMES})"
OF_MODELS = (
    ("ir.model", "ir_model", f"model {NAMES}"),
    ("ir.model.fields", "ir_model_fields", f"model {NAMES}"),
    (
        "ir.model.fields.selection",
        "ir_model_fields_selection",
        f"field_id IN (SELECT id FROM ir_model_fields WHERE model {NAMES})",
    ),
    ("ir.model.inherit", "ir_model_inherit", f"model_id {IDS}"),
    ("ir.model.constraint", "ir_model_constraint", f"model {IDS}"),
    ("ir.model.access", "ir_model_access", f"model_id {IDS}"),
    ("ir.rule", "ir_rule", f"model_id {IDS}"),
    ("ir.actions.server", "ir_act_server", f"model_id {IDS}"),
    (
        "ir.cron",
        "ir_cron",
        f"ir_actions_server_id IN (SELECT id FROM ir_act_server WHERE model_id {IDS})",
    ),
    ("ir.actions.act_window", "ir_act_window", f"res_model {NAMES}"),
    ("ir.ui.view", "ir_ui_view", f"model {NAMES}"),
)


def migrate(cr, version):
    modules = api.Environment(cr, SUPERUSER_ID, {})["ir.module.module"]
    for name, moved in MOVED.items():
        is_known = _move(cr, name, **moved)
        _empty_views(cr, moved["ids"])
        addon = modules.search(
            [("name", "=", name), ("state", "in", ("uninstalled", "to install"))]
        )
        if not addon:
            continue  # it is there already, or the server doesn't have it
        # With what it stands on, and so itself, if one that stands on it came before
        addon.filtered(lambda module: module.state == "uninstalled").button_install()
        if is_known:
            # Its records are there, as people have changed them: those of an addon that
            # is installed would be made anew.
            addon.flush_recordset()
            cr.execute(
                """
                UPDATE ir_module_module
                   SET state = 'to upgrade', demo = main.demo
                  FROM ir_module_module main
                 WHERE main.name = 'lead_management' AND ir_module_module.id = %s
                """,
                [addon.id],
            )
            addon.invalidate_recordset()


def _empty_views(cr, ids):
    """Empty the views that name fields which are not there any more when the views are
    loaded that these extend. Each is written anew when its turn comes."""
    names = [xml_id.partition("__")[2] for xml_id in ids if xml_id.startswith("field_")]
    cr.execute(
        """
        UPDATE ir_ui_view
           SET arch_db = jsonb_build_object('en_US', '<data/>')
          FROM ir_model_data data
         WHERE data.model = 'ir.ui.view'
           AND data.res_id = ir_ui_view.id
           AND data.module = 'lead_management'
           AND ir_ui_view.mode = 'extension'
           AND ir_ui_view.arch_db ->> 'en_US' ~ %s
        """,
        [rf"\m({'|'.join(names)})\M"],
    )


def _move(cr, addon, models=(), ids=(), renamed=None):
    """Make an addon the owner of records. Return whether it owns any, from now on or
    since an upgrade that failed later."""
    values = {"addon": addon, "models": list(models), "ids": list(ids)}
    of_models = " UNION ALL ".join(
        f"SELECT '{model}', id FROM {table} WHERE {condition}"
        for model, table, condition in OF_MODELS
    )
    cr.execute(
        f"""
        UPDATE ir_model_data
           SET module = %(addon)s
         WHERE module = 'lead_management'
           AND (
                   name = ANY(%(ids)s)
                   OR model = ANY(%(models)s)
                   OR (model, res_id) IN ({of_models})
               )
        """,
        values,
    )
    for old, new in (renamed or {}).items():
        cr.execute(
            """
            UPDATE ir_model_data SET module = %s, name = %s
             WHERE module = 'lead_management' AND name = %s
            """,
            [addon, new, old],
        )
    _move_schema(cr, values)
    cr.execute("SELECT 1 FROM ir_model_data WHERE module = %s LIMIT 1", [addon])
    return bool(cr.rowcount)


def _move_schema(cr, values):
    """Make an addon the owner of what its records have in the schema, so that it goes
    when the addon goes."""
    owned = """
        UPDATE {table} AS element
           SET module = addon.id
          FROM ir_module_module addon, ir_module_module main, {others}
         WHERE addon.name = %(addon)s
           AND main.name = 'lead_management'
           AND element.module = main.id
           AND {condition}
    """
    of_models = {
        "others": "ir_model model",
        "condition": "model.id = element.model AND model.model = ANY(%(models)s)",
    }
    of_ids = {
        "others": "ir_model_data data",
        "condition": """
            data.module = addon.name
            AND data.model = 'ir.model.constraint'
            AND data.res_id = element.id
        """,
    }
    of_fields = """
        ir_model_data data JOIN ir_model_fields field
        ON data.model = 'ir.model.fields' AND data.res_id = field.id
    """
    keys = "concat(replace(field.model, '.', '_'), '_', field.name, '_fkey')"
    for table, what in (
        ("ir_model_constraint", of_models),
        ("ir_model_relation", of_models),
        ("ir_model_constraint", of_ids),
        (
            "ir_model_constraint",
            {
                "others": of_fields,
                "condition": f"data.module = addon.name AND element.name = {keys}",
            },
        ),
        (
            "ir_model_relation",
            {
                "others": of_fields,
                "condition": "data.module = addon.name"
                " AND element.name = field.relation_table",
            },
        ),
    ):
        cr.execute(owned.format(table=table, **what), values)
