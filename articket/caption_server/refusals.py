from http import HTTPStatus


class CannotCaption(Exception):  # noqa: N818 - a refusal, not an error of ours
    """A request gets no caption; the sentence is for whoever runs the booth and names no visitor.

    It stands beside the booth's faults, because a program reads it and it needs no words in any language.
    `retry_after_s` says when the same request may succeed.
    """

    def __init__(
        self, status: HTTPStatus, code: str, sentence: str, retry_after_s: int | None = None
    ) -> None:
        """Keep what the answer will say."""
        super().__init__(status, code, sentence, retry_after_s)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.retry_after_s = retry_after_s


def busy(code: str, sentence: str, retry_after_s: int) -> CannotCaption:
    """Return the refusal of a request that may be sent again."""
    return CannotCaption(HTTPStatus.SERVICE_UNAVAILABLE, code, sentence, retry_after_s)
