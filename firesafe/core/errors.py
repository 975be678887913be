"""The four ways in which the domain says no, each with a sentence for the officer."""


class DomainError(Exception):
    """A refusal that carries what happened and what to do next.

    ``sentence`` is an English message id; ``words`` fill its ``%(name)s`` places. It is
    translated by whoever shows it, never here.
    """

    status = 500

    def __init__(self, sentence: str, **words: object) -> None:
        super().__init__(sentence % words if words else sentence)
        self.sentence = sentence
        self.words = words


class NotFound(DomainError):
    """There is no such thing, or not within the officer's sight."""

    status = 404


class Refused(DomainError):
    """The officer may not do this."""

    status = 403


class RuleBroken(DomainError):
    """What was asked breaks a rule of the trade."""

    status = 422


class Stale(DomainError):
    """Somebody else changed the record in the meantime."""

    status = 409


def require(answer: bool, sentence: str, **words: object) -> None:  # noqa: FBT001 — the policy's answer
    """Go on if a policy said yes.

    Raises:
        Refused: it said no; ``sentence`` tells the officer what is so.
    """
    if not answer:
        raise Refused(sentence, **words)
