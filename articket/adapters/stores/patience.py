from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take: to connect, for each answer, and with all its repetitions."""

    connect_s: float = 5.0
    answer_s: float = 20.0
    retry_s: float = 30.0
