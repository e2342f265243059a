"""The one error for a step that cannot be taken."""


class TransitionNotAllowed(ValueError):
    """A step does not fit the state of a row, or a rule refuses it; its text is a sentence for the person who tried.

    ``code`` names the rule where callers tell rules apart.
    """

    def __init__(self, message: str, code: str = ""):
        super().__init__(str(message))
        self.code = code

    @property
    def messages(self) -> list[str]:
        return [str(self)]
