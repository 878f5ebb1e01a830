"""What buttons answer: messages about what was done, some with links as “adidas AG was
created. Open · Undo”."""

# The context key under which buttons ask for a message beside their action
WITH_NOTICE = "lead_notice"
# The context key of a page that shows one record after the other, and stays
IN_PLACE = "lead_in_place"
# The context key of a record's form, which shows what becomes of the record
IN_FORM = "lead_in_form"
# What comes after a message: the dialog is closed, or the page is read anew.
CLOSE = {"type": "ir.actions.act_window_close"}
RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}


def get_notification(message, title=False, is_warning=False, next_action=None):
    """Return the client action that says in passing what was done.

    :param str message: a sentence
    :param str title: what stands above it, if anything
    :param bool is_warning: not all was done
    :param dict next_action: what comes after it, such as `RELOAD`; by default `CLOSE`
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "warning" if is_warning else "success",
            "title": title,
            "message": message,
            "next": next_action or CLOSE,
        },
    }


def get_notice(
    message, buttons=(), next_action=None, is_warning=False, is_sticky=False
):
    """Return the client action that says what was done.

    :param str message: a sentence
    :param buttons: dictionaries of `name`, and of an `action` to do or of a `method` to
        call on the `ids` of a `model`, perhaps with a `context`, which returns the next
        action
    :param dict next_action: what is opened meanwhile; by default the page stays, and is
        read anew
    :param bool is_warning: not all was done
    :param bool is_sticky: it stays until it is closed
    """
    next_action = next_action or CLOSE
    if next_action["type"] == "ir.actions.act_window":
        # The server lists the views of the action it answers with, not of one in it.
        modes = (next_action.get("view_mode") or "form").split(",")
        next_action = {"views": [(False, mode) for mode in modes], **next_action}
    return {
        "type": "ir.actions.client",
        "tag": "lead_notice",
        "params": {
            "message": message,
            "type": "warning" if is_warning else "success",
            "sticky": is_sticky,
            "buttons": list(buttons),
            "next": next_action,
        },
    }


def get_open_button(record, name):
    """Return the button of a message that opens a record."""
    return {"name": name, "action": record._get_records_action(context={})}
