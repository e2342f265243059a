"""The curators' desk for signatures."""

from . import signature

__all__ = ["signature"]
