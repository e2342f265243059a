from .journey import Journey

__all__ = ["Journey"]
