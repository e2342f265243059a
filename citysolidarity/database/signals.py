"""What the connection to the database announces, so that others can count it without being known here.

``slow_query`` is sent with ``seconds`` after an answer that took SLOW or longer, ``connection_failed`` after a connection
that could not be made.
"""

from django.dispatch import Signal

SLOW = 0.5  # seconds
slow_query = Signal()
connection_failed = Signal()
