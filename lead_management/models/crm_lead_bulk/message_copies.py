from odoo.tools import SQL

OWN_COLUMNS = {"id", "res_id", "body"}


def copy_message(message, bodies):
    """Log a message on other leads as it was logged on one.

    :param message: a `mail.message` of a lead, which nobody is notified of
    :param dict bodies: the text of each of the others, by the lead's id
    :return: the ids of the messages, by the lead's id
    :rtype: dict
    """
    if not bodies:
        return {}
    env = message.env
    env.flush_all()
    columns = [
        SQL.identifier(name)
        for name, field in message._fields.items()
        if field.store and field.column_type and name not in OWN_COLUMNS
    ]
    rows = env.execute_query(
        SQL(
            """
            INSERT INTO mail_message (res_id, body, %(columns)s)
                 SELECT given.res_id, given.body, %(columns)s
                   FROM mail_message,
                        UNNEST(%(ids)s, %(bodies)s) AS given (res_id, body)
                  WHERE id = %(like)s
              RETURNING res_id, id
            """,
            columns=SQL(", ").join(columns),
            ids=list(bodies),
            bodies=[str(body) for body in bodies.values()],
            like=message.id,
        )
    )
    env[message.model].browse(bodies).invalidate_recordset(["message_ids"], flush=False)
    return dict(rows)
