"""Apart from storage.py, which needs the packages of the extra "s3"."""


class BucketAway(OSError):
    """A bucket did not answer, or refused; the message is its own word for it, without keys."""
