"""What the page shows that a ticket's code leads to."""

from articket.domain.visit import Visit
from articket.web.snapshots import parts
from articket.web.snapshots.house import House, Json


def keep_page(house: House, visit: Visit, address: str, ends_at: float) -> Json | None:
    """Return the page's view, its pictures below `address`; None before the visitor saw the painting."""
    decision, photo = visit.decision, visit.photo
    if decision is None or photo is None or visit.revealed_at is None:
        return None
    texts, own = house.texts(visit.locale), house.style(decision.style, visit.locale)
    guest = visit.name or texts.ticket["guest"]

    def hung(style: str) -> Json:
        at = f"{address}/{photo.number}"
        painter = house.style(style, visit.locale)
        return {
            "style": style,
            "painter": painter.painter,
            "short": painter.short,
            "title": painter.title_for(guest),
            "card": f"{at}/card-{style}.jpg",
            "page": f"{at}/page-{style}.jpg",
            "large": f"{at}/large-{style}.jpg",
            "print": f"{at}/print-{style}.jpg",
        }

    story = f"{address}/{photo.number}/story-{decision.style}.jpg"
    done = [easel.style for easel in visit.easels if visit.done((easel.style,))]
    return {
        **parts.label(house, visit.locale, decision, visit.name),
        "kicker": texts.kicker_for(visit.name or ""),
        "painter": own.painter,
        "sentence": own.sentence,
        "number": decision.number,
        "own": hung(decision.style) if decision.style in done else None,
        "others": [hung(style) for style in done if style != decision.style],
        "coming": visit.at_easels,
        "story": {"whole": story, "card": f"{address}/{photo.number}/card-story.jpg"},
        "until": parts.until(texts, visit.locale, ends_at),
        "printed": visit.ticket.printed_at is not None,
    }
