"""django-storages, as the site uses it: nothing in a bucket has an address, and a bucket that is away holds nobody up."""

from collections.abc import Iterator
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from citysolidarity.buckets.away import BucketAway

# A visitor waits, and three workers serve everybody; boto3's own would be five tries of a minute each.
CONNECT_SECONDS, ANSWER_SECONDS, TRIES = 2, 5, 2


class Bucket(S3Storage):
    """Raises FileNotFoundError for what is not there, and BucketAway for all else that fails."""

    def __init__(self, **options):
        config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            # Not every server that speaks S3 knows the checksums that AWS added in 2024.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        # Names are made of the content, or drawn at random: what is there already is the same file.
        super().__init__(
            client_config=config,
            transfer_config=TransferConfig(use_threads=False),
            file_overwrite=True,
            default_acl=None,
            **options,
        )

    def _open(self, name, mode="rb"):
        """Whole, so that what fails fails here; no file of ours is larger than some megabytes."""
        with answering(), super()._open(name, mode) as file:
            return ContentFile(file.read(), name)

    def _save(self, name, content):
        with answering():
            return super()._save(name, content)

    def exists(self, name):
        with answering():
            return super().exists(name)

    def delete(self, name):
        with answering():
            super().delete(name)

    def url(self, name, *args, **kwargs):
        raise ValueError("What is kept here has no address: the site itself gives it out.")


@contextmanager
def answering() -> Iterator[None]:
    try:
        yield
    except ClientError as failure:
        raise BucketAway(failure.response.get("Error", {}).get("Code") or "refused") from failure
    except (BotoCoreError, Boto3Error) as failure:
        raise BucketAway(type(failure).__name__) from failure
