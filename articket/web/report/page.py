"""The whole page: words, plots and style in one file, and no request to anywhere."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from articket.domain.event.retrospect import Retrospect
from articket.web.report.plots import Bar, bars
from articket.web.report.saying import Saying
from articket.web.report.sections import Section, glance, limits, sections
from articket.web.report.typefaces import DOES, SAYS, faces

SHEETS: Final = ("static/css/tokens.css", "static/css/report.css")
TEMPLATE: Final = "report.html"
# By this a file is known as a report, which a newer one may replace.
MARK: Final = "articket-report"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the report: the event, the place, and when its figures were taken."""

    event: str
    place: str
    taken: datetime
    live: bool


def page(found: Retrospect, say: Saying, head: Masthead, project: Path) -> str:
    """Return the report as HTML that stands alone."""
    # Whatever visitors and staff wrote is escaped, here and in the plots.
    templates = Environment(
        loader=FileSystemLoader(project / "templates"), autoescape=True, undefined=StrictUndefined
    )
    when = say.moment(head.taken)
    is_empty = not found.visits
    told = () if is_empty else sections(found, say)
    figures = () if is_empty else glance(found, say)
    reviews = None if is_empty else _reviews(found, say)
    title, days = head.event or say("event_unnamed"), _days(found, say)

    def drawn(style: str) -> str:
        return templates.get_template(TEMPLATE).render(
            mark=MARK,
            locale=say.locale,
            style=Markup(style),  # noqa: S704 - our own sheets
            say=say,
            title=title,
            place=head.place,
            days=days,
            as_of=say("as_of_live", when=when) if head.live else say("as_of", when=when),
            glance=figures,
            sections=told,
            reviews=reviews,
            comments=found.comments,
            limits=() if is_empty else limits(found, say),
        )

    # What stands in the serif: headings, large numbers, comments.
    values = [*figures, *(figure for section in told for figure in section.figures)]
    headings = [section.title for section in (*told, *((reviews,) if reviews else ()))]
    spoken = [title, days, head.place, say("limits"), say("nobody_title"), *headings]
    spoken += [figure.value for figure in values] + [comment.text for comment in found.comments]
    sheets = [(project / sheet).read_text("utf-8") for sheet in SHEETS]
    fonts = faces(project, SAYS, "".join(spoken)), faces(project, DOES, drawn(""))
    return drawn("\n".join((*fonts, *sheets)))


def _days(found: Retrospect, say: Saying) -> str:
    if not found.hours:
        return ""
    first, last = (say.day(hour.hour.local.date()) for hour in (found.hours[0], found.hours[-1]))
    return first if first == last else say("between", first=first, last=last)


def _reviews(found: Retrospect, say: Saying) -> Section:
    if found.mean_stars is None:
        return Section("reviews", say("reviews"), say("reviews_none"))
    text = say("reviews_text", n=found.reviews, mean=f"{found.mean_stars:.1f}")
    row = [Bar(count, say("stars_of", n=stars)) for stars, count in found.stars]
    top = max(count for _, count in found.stars)
    return Section("reviews", say("reviews"), text, plots=(("", bars(say("stars_alt"), row, top)),))
