"""What actions raise when a rule or a right says no."""


class RuleBroken(Exception):  # noqa: N818 - reads as what happened, and is shown to people
    """A rule of the domain forbids what was asked.

    `message` is a translated sentence for the person; `field` names the form field it belongs
    to, or is empty when it concerns the whole request.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
