"""Days with visitors of every kind, for looking at."""

import math

from afterwards.fair import Fair, at


def busy_days(fair: Fair, days: tuple[str, ...], visitors: int) -> None:
    """Fill eight hours of each day, from when its doors open, most of them in the middle."""
    machines = ("laptop", "Rose", "atelier-2", "Rose", "atelier-2", "Rose")
    for day in days:
        start = at(day)
        for number in range(visitors):
            share = (number + 0.5) / visitors
            hour = 8 * (share + 0.09 * math.sin(2 * math.pi * share))
            fair.painter.name = machines[number % len(machines)]
            fair.painter.seconds = 11 + number * 7 % 13 * (3 if fair.painter.name == "laptop" else 1)
            fair.compose_s = 2 + number * 5 % 17
            time = max(start + hour * 3600, fair.clock.time if fair.came else 0)
            one_visitor(fair, number, time)


COMMENTS = (
    "정말 재미있었어요! 그림이 저랑 닮았어요.",
    "I waited a little, but the painting of my daughter is <b>wonderful</b>.",
    "",
    "친구들이랑 또 올게요 :)",
    "",
    "The quiz was short and funny. Thank you, and greetings to the people at the desk!",
)


def companion(fair: Fair, number: int) -> str:
    """Let somebody line up while the monitor is taken."""
    visit = fair.join(locale="ko")
    fair.agree(visit, 5 + number % 6)
    fair.photograph(visit, 20 + number % 11)
    return visit


def one_visitor(fair: Fair, number: int, time: float) -> None:
    locale = "en" if number % 4 == 1 else "ko"
    visit = fair.join(time, locale)
    if number % 23 == 11:
        fair.leave_monitor(35)
        return
    fair.agree(visit, 6 + number % 9)
    if number % 17 == 5:
        fair.leave_monitor(40)
        return
    fair.photograph(visit, 18 + number * 7 % 40)
    fair.step_up(visit, 4 + number % 8)
    friend = companion(fair, number) if number % 3 == 0 else None
    if number % 13 == 4:
        fair.answer(visit, 3 + number % 4)
        fair.leave_monitor(80)
        return
    fair.answer(visit, 8, 4 + number % 7, turn=number * 37 % 256)
    fair.leave_monitor(12)
    if friend:
        fair.step_up(friend)
        fair.answer(friend, 8, 5, turn=number * 91 % 256)
        fair.leave_monitor(10)
        fair.hand_out(friend)
    if number % 11 == 3:
        return
    fair.hand_out(visit, 30 + number * 11 % 90)
    if number % 29 == 7:
        fair.print_again(visit, ("paper", "colour")[number % 2])
    if number % 3:
        fair.review(visit, 5 - number * 5 % 7 % 3, COMMENTS[number % len(COMMENTS)])
    if number % 31 == 9:
        fair.erase(visit)
