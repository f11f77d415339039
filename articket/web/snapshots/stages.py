"""Which stage a phone and the monitor show."""

from articket.domain.booth import Booth, BoothStage, Door
from articket.domain.visit import Visit


def phone_stage(booth: Booth, visit: Visit | None) -> str:
    """Return the stage of a visit's phone; `gone` where there is no visit."""
    if visit is None:
        return "gone"
    ladder = (
        ("deleted", visit.receipt is not None),
        ("called", booth.called(visit.id)),
        ("consent", visit.consent is None),
        ("photo", not visit.sent),
        ("line", booth.position(visit.id) is not None),
        ("quiz", visit.decision is None),
        ("painting", visit.revealed_at is None),
    )
    return next((stage for stage, is_so in ladder if is_so), "result")


def monitor_stage(booth: Booth, visit: Visit | None) -> str:
    """Return the stage of the monitor; without the visit it needs, it is idle."""
    if booth.stage is BoothStage.IDLE or visit is None:
        return "paused" if booth.door is Door.PAUSED else "idle"
    if booth.stage is BoothStage.REVEAL and visit.decision is None:
        return "idle"
    return booth.stage.value
