RULES = {
    "tour_rule_user": (
        '[("name", "not in", ["lead_salesperson_tour", "lead_manager_tour",'
        ' "lead_admin_tour"])]'
    ),
    "tour_rule_salesman": (
        '[("name", "not in", ["lead_manager_tour", "lead_admin_tour"])]'
    ),
}


def migrate(cr, _version):
    """Offer the tour of managers to managers only; rules are not updated by data."""
    for name, domain in RULES.items():
        cr.execute(
            """
            UPDATE ir_rule
               SET domain_force = %s
              FROM ir_model_data data
             WHERE data.model = 'ir.rule' AND data.res_id = ir_rule.id
               AND data.module = 'lead_management' AND data.name = %s
            """,
            [domain, name],
        )
