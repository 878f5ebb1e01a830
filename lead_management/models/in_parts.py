"""Work on many records that one of them must not hold up."""

import logging
from functools import partial

from psycopg2 import DataError, IntegrityError, InterfaceError, OperationalError

from odoo.exceptions import ConcurrencyError, RedirectWarning, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

# After these the same transaction may well succeed.
CONFLICTS = (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError)
# So often the same work may meet one before it gives up.
MAX_CONFLICTS = 10
# Nor are these a record's fault: the database is at its limits, or gone.
PASSED_ON = (*CONFLICTS, OperationalError, InterfaceError)
# What a record can be at fault for; anything else is a mistake in the code.
RECORD_ERRORS = (UserError, RedirectWarning, ValueError, DataError, IntegrityError)


def do_in_parts(records, do, errors=Exception, after=None):
    """Do something to all records that can stand it.

    A batch that fails is undone and tried again in halves, in the order of the records,
    down to those that are at fault. Changes belong to the transaction of the caller.

    :param do: called with records
    :param errors: the exceptions that are a record's fault; others are raised
    :param after: called with what `do` returned, once this can't be undone any more
    :return: what was raised, by the record at fault
    :raise Exception: one of `PASSED_ON`, always
    """
    failures, parts = {}, [records] if records else []
    # What the caller has not written yet is no fault of the records.
    records.env.cr.flush()
    while parts:
        part = parts.pop()
        try:
            with part.env.cr.savepoint():
                result = do(part)
        except PASSED_ON:
            raise
        except errors as error:
            if len(part) == 1:
                failures[part] = error
            else:
                half = len(part) // 2
                parts += [part[half:], part[:half]]
        else:
            if after:
                after(result)
    return failures


def do_or_log(records, do):
    """Do something to all records that can stand it, and say in the log which can't.

    For scheduled actions, which have nobody to tell; see `do_in_parts`.
    """
    for record, error in do_in_parts(records, do).items():
        is_its_fault = isinstance(error, RECORD_ERRORS)
        _logger.log(
            logging.INFO if is_its_fault else logging.ERROR,
            "%s is left as it is: %s",
            record,
            error,
            # What a person is told says it all.
            exc_info=None if isinstance(error, UserError) else error,
        )


def retry_on_conflict(env, do):
    """Do work of a scheduled action that somebody else may do, or hinder, at the same
    time.

    After a conflict everything since the last commit is undone, and the work is done
    again with what is there now. So it begins by reading what it works on.

    :param do: called without arguments; what it wrote is flushed
    :return: what `do` returned
    :raise Exception: the conflict that stays, one of `CONFLICTS`
    """
    conflicts = 0
    while True:
        try:
            result = do()
            env.flush_all()
        except CONFLICTS as error:
            conflicts += 1
            if conflicts > MAX_CONFLICTS:
                raise
            env.cr.rollback()
            _logger.info("Work is tried again after a conflict: %r", error)
        else:
            return result


def do_all(model, domain, do, size):
    """Do something to all records of a domain in a scheduled action, part by part.

    By id, as a record that can't be changed would be found again and again. A part that
    somebody else is changing at the same time is tried again.

    :param do: see `do_or_log`
    :param int size: how many records at a time
    :return: whether there is time left
    """
    cron = model.env["ir.cron"]

    def do_part(last_id):
        records = model.search(
            domain & Domain("id", ">", last_id), order="id", limit=size
        )
        if not records:
            return None, True
        do_or_log(records, do)
        return records[-1].id, cron._commit_progress(len(records))

    cron._commit_progress(remaining=model.search_count(domain))
    last_id, time_left = 0, True
    while last_id is not None and time_left:
        last_id, time_left = retry_on_conflict(model.env, partial(do_part, last_id))
    return bool(time_left)
