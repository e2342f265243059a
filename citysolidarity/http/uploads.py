"""Files that are sent: none outside the desk, and there only as large as any form takes, while they arrive."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

DESK = "/admin/"
# By the last part of a form's address; bytes. Everything else is a picture or a PDF.
LARGE = {"import": 20_000_000}
MOST_BYTES = 5_000_000
# A form may have several files, and its fields beside them.
MOST_OF_A_FORM = 26_000_000


class BoundedUpload(FileUploadHandler):
    """Stands before Django's handlers, so that what is refused reaches neither memory nor disk."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if not self.request.path_info.startswith(DESK):
            raise SkipFile
        self.left = most_bytes(self.request.path_info) + 1  # so that the form can say that it is too large

    def receive_data_chunk(self, raw_data, start):
        self.left -= len(raw_data)
        if self.left < -self.chunk_size:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size):
        return None


def most_bytes(path: str) -> int:
    return LARGE.get(path.rstrip("/").rpartition("/")[2], MOST_BYTES)
