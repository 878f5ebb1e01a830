"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Let nobody get an email for which they would have been asked: the steps of plans
    that send one go, and those to come have none."""
    steps = env["crm.lead.plan.step"].search(
        [("consent_purpose_id", "!=", False), ("state", "=", "waiting")]
    )
    steps.mail_template_id = False
    env["mail.activity.plan.template"].search(
        [("consent_purpose_id", "!=", False)]
    ).unlink()
