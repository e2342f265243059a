"""Uploaded files in buckets that speak S3, where several machines share them (MEDIA_BUCKET, PRIVATE_BUCKET)."""
