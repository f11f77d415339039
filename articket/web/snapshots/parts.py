"""What several snapshots show of a visit."""

from datetime import datetime

from articket.application.printing_hand import PRINTER
from articket.domain.booth import Booth
from articket.domain.print_queue import PrintState
from articket.domain.texts import Texts
from articket.domain.transitions.painting import styles_on_ticket
from articket.domain.visit import Decision, Photo, Reader, TicketStatus, Visit
from articket.web.snapshots.house import House, Json, picture_url

LETTERS = "ABCDEFGHIJ"
# Machines describe photos for the painters, in the language of the prompts.
CAPTIONS_ARE_IN = "en"
LAPTOP = "laptop"
# Locales that write the hour of a day otherwise than `24 November, 14:00`.
UNTIL = {"ko": "{month}월 {day}일 {hour}시"}


def place(booth: Booth, visit: Visit, now: float) -> Json | None:
    """Return how many are ahead and for how long, or None for a visit that is not in line."""
    ahead = booth.ahead(visit.id)
    return None if ahead is None else {"ahead": ahead, "minutes": booth.minutes(ahead, now)}


def painted_url(visit: Visit, photo: Photo, size: str, style: str) -> str:
    """Return where one of the visit's paintings is fetched."""
    return picture_url(visit.id, photo.number, f"{size}-{style}")


def easels(house: House, visit: Visit) -> list[Json]:
    """Return the visit's easels with their veils, which show nothing but colours."""
    return [
        {
            "style": easel.style,
            "painter": house.style(easel.style, visit.locale).short,
            "status": easel.status.value,
            "veil": painted_url(visit, visit.photo, "veil", easel.style)
            if visit.photo and visit.done((easel.style,))
            else None,
            "by": easel.painter,
            "seconds": easel.seconds,
        }
        for easel in visit.easels
        if house.knows(easel.style)
    ]


def sentence(visit: Visit, texts: Texts) -> str | None:
    """Return what was seen on the photo: a caption to those who read its language, else faces and colours."""
    sight = visit.sight
    if sight is None:
        return None
    if sight.sentence and visit.locale.partition("-")[0] == CAPTIONS_ARE_IN:
        return sight.sentence[:1].upper() + sight.sentence[1:]
    return texts.caption.sentence(sight.faces, sight.colours)


def reader(visit: Visit) -> str | None:
    """Return who put the photo into words, `laptop` where only its eye looked; None before anybody has."""
    sight = visit.sight
    if sight is None:
        return None
    if sight.reader is None and sight.sentence:
        return Reader.CAPTION_SERVER.value  # a visit from before anybody wrote down who it was
    return sight.reader.value if sight.reader else LAPTOP


def question(house: House, visit: Visit) -> Json | None:
    """Return the question the visit stands at, in its language; None after the last."""
    questions = house.experience.quiz.questions
    if visit.at >= len(questions):
        return None
    asked = questions[visit.at]
    texts = house.texts(visit.locale).questions[asked.id]
    chosen = visit.answers[visit.at] if len(visit.answers) > visit.at else None
    return {
        "index": visit.at,
        "count": len(questions),
        "text": texts.text,
        "options": [
            # The letter by place: the option's own letter would tell what it counts for.
            {"id": each.id, "letter": letter, "text": texts.options[each.id], "chosen": each.id == chosen}
            for each, letter in zip(asked.options, LETTERS, strict=False)
        ],
    }


def mates(house: House, visit: Visit, photo: Photo, decision: Decision) -> dict[str, Json | None]:
    """Return the good and the bad match that hang beside the visit's painting."""
    texts = house.texts(visit.locale)
    if not house.knows(decision.style):
        return {"good": None, "bad": None}
    own = texts.styles[decision.style]
    beside = styles_on_ticket(house.experience, decision.style)[1:]
    return {
        which: {
            "style": style,
            "painter": texts.styles[style].short,
            "words": words,
            "text": own.matches[style],
            "small": painted_url(visit, photo, "small", style),
        }
        for which, words, style in zip(("good", "bad"), (texts.good, texts.bad), beside, strict=False)
    }


def label(house: House, locale: str, decision: Decision, name: str | None) -> Json:
    """Return what the wall label says of the visit's painting in that language, by that name or by none."""
    texts, own = house.texts(locale), house.style(decision.style, locale)
    return {
        "style": decision.style,
        "after": own.after_in(year_of(decision.at)),
        "medium": own.medium,
        "title": own.title_for(name or texts.ticket["guest"]),
    }


def ticket_state(visit: Visit, *, standstill: bool = False) -> str:
    """Return how far the ticket is, as visitors see it: one that is not ordered yet is being made.

    While the printer stands still, those that wait for it take a moment; what a desk has in hand does not.
    """
    status = visit.ticket.status
    if standstill and _waits_for_the_printer(visit):
        return "moment"
    return "making" if status is TicketStatus.NONE else status.value


def _waits_for_the_printer(visit: Visit) -> bool:
    job = visit.ticket.print_job
    has_it = job.state in (PrintState.CLAIMED, PrintState.SENT) and job.by == PRINTER
    return visit.ticket.status is TicketStatus.READY and (job.state is PrintState.QUEUED or has_it)


def until(texts: Texts, locale: str, at: float) -> str:
    """Say the day and the hour of a moment in that language."""
    then = datetime.fromtimestamp(at).astimezone()
    pattern = UNTIL.get(locale.partition("-")[0], "{day} {month_name}, {hour}:00")
    return pattern.format(
        month=then.month, day=then.day, hour=then.hour, month_name=texts.months[then.month - 1]
    )


def year_of(at: float) -> int:
    """Return the year of a moment, where the booth stands."""
    return datetime.fromtimestamp(at).astimezone().year
