"""What installing and uninstalling do beyond the data files."""


def post_init_hook(env):
    """Take over what is known of answers from before."""
    env["crm.lead"]._fill_answers()


def uninstall_hook(env):
    """Take off the reminders that are left: their type is kept as long as one is."""
    answer = env.ref(
        "lead_management_response.mail_activity_type_answer", raise_if_not_found=False
    )
    if answer:
        env["mail.activity"].with_context(active_test=False).search(
            [("activity_type_id", "=", answer.id)]
        ).unlink()
