"""Each style's colours, from the pack."""

from flask import Blueprint, Response, request

from articket.domain.experience import Experience
from articket.web.front_desk import FrontDesk

KEPT = "no-cache"


def styles_css(experience: Experience) -> str:
    """Return a rule per style with its colours as custom properties."""
    return "".join(
        f".style-{style.id} {{ --one: {c.one}; --two: {c.two}; --speak: {c.speak}; --glow: {c.glow}; "
        f"--moulding: {' '.join(c.moulding)}; }}\n"
        for style in experience.styles
        for c in (style.colours,)
    )


def style_routes(desk: FrontDesk) -> Blueprint:
    """Return the route."""
    routes = Blueprint("styles", __name__)
    css = styles_css(desk.parts.experience)

    @routes.get("/styles.css")
    def styles() -> Response:
        response = Response(css, mimetype="text/css")
        response.headers["Cache-Control"] = KEPT
        response.add_etag()
        response.make_conditional(request)
        return response

    return routes
