"""What the worker announces, so that others can act on it without being known here.

``worker_idle`` is sent about once a second while nothing is due. A receiver works for a moment, half a second at most, and
goes on when it is sent again: letters wait meanwhile.
"""

from django.dispatch import Signal

worker_idle = Signal()
