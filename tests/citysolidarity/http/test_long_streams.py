"""A worker says that it lives with every chunk of a long answer, and lets it go at its end."""

from django.http import StreamingHttpResponse

from citysolidarity.http.gunicorn_worker import Beating


def test_every_chunk_is_a_heartbeat():
    beats, closed = [], []

    class Answer(StreamingHttpResponse):
        def close(self):
            closed.append(True)

    answer = Answer(iter([b"one", b"two"]))
    stream = Beating(answer, lambda: beats.append(True))
    assert list(stream) == [b"one", b"two"] and len(beats) == 2
    stream.close()
    assert closed
