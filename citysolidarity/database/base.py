"""Django's backend for PostgreSQL, but it never waits longer than the deadlines say (settings.py, ENGINE)."""

import time

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel

from citysolidarity.database.signals import SLOW, connection_failed, slow_query
from citysolidarity.database.silence import place_of, silence


class PatientConnection(psycopg.Connection):
    """``answer`` is in seconds, None for no end; a connection that was silent for so long is closed."""

    answer: float | None = None
    parameters: dict = {}

    def wait(self, gen, *args, timeout=None, **kwargs):
        if silence.forbids(self.parameters):
            self.close()
            raise psycopg.OperationalError("The database does not answer.")
        begun = time.monotonic()
        try:
            with silence.asks(self.parameters):
                return super().wait(gen, *args, timeout=timeout or self.answer, **kwargs)
        except psycopg.errors.IdleInTransactionSessionTimeout as ended:
            # The server closed the connection; psycopg counts that among mistakes in the code.
            raise psycopg.OperationalError(str(ended)) from ended
        except psycopg.OperationalError:
            if not timeout and self.answer and time.monotonic() - begun >= self.answer:
                self.close()
                silence.begin(self.parameters)
            raise
        finally:
            if (seconds := time.monotonic() - begun) >= SLOW:
                slow_query.send_robust(type(self), seconds=seconds)


class DatabaseWrapper(base.DatabaseWrapper):
    commits = 0  # of this thread's connection, so that it can be told whether an act may have changed something

    def _commit(self):
        super()._commit()
        self.commits += 1

    def get_new_connection(self, conn_params):
        """As Django's, for a class of our own, without pools and isolation levels, which we do not use."""
        if silence.forbids(conn_params):
            raise psycopg.OperationalError("The database does not answer.")
        self.isolation_level = IsolationLevel.READ_COMMITTED
        answer = self.settings_dict.get("ANSWER_SECONDS") or None
        place = place_of(conn_params)
        try:
            with silence.asks(conn_params):
                connection = PatientConnection.connect(**conn_params)
            silence.away.discard(place)
        except psycopg.OperationalError as failure:
            silence.away.add(place)
            connection_failed.send_robust(type(self))
            if answer and isinstance(failure, psycopg.errors.ConnectionTimeout):
                silence.begin(conn_params)
            raise
        connection.answer, connection.parameters = answer, conn_params
        return connection
