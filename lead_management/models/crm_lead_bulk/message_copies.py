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


def insert_tracking_values(env, vals_list):
    """Add what changed to messages, in one statement.

    :param list vals_list: values of `mail.tracking.value`, as native tracking prepares
        them
    """
    if not vals_list:
        return
    model = env["mail.tracking.value"]
    log = {"create_uid": env.uid, "create_date": env.cr.now()}
    log |= {"write_uid": log["create_uid"], "write_date": log["create_date"]}
    fields = [model._fields[name] for name in sorted(set(log).union(*vals_list))]
    rows = [
        tuple(
            field.convert_to_column_insert(vals.get(field.name, False), model, vals)
            for field in fields
        )
        for vals in ({**vals, **log} for vals in vals_list)
    ]
    env.cr.execute(
        SQL(
            "INSERT INTO mail_tracking_value (%s) VALUES %s",
            SQL(", ").join(SQL.identifier(field.name) for field in fields),
            SQL(", ").join(SQL("%s", row) for row in rows),
        )
    )
