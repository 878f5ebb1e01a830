"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Let go of what keeps queues from being deleted."""
    env.flush_all()
    env.cr.execute("UPDATE crm_lead SET queue_id = NULL WHERE queue_id IS NOT NULL")
    env["crm.lead"].invalidate_model(["queue_id"])
