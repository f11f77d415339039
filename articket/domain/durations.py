from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Durations:
    """How long each thing at a booth may or must take, in seconds."""

    # the line
    nonce_s: float = 60.0  # a QR code's nonce; the one before it still counts
    call_s: float = 30.0  # to answer a call at the monitor
    absent_s: float = 300.0  # in line without a photo after a missed call
    line_every_s: float = 1.0  # between two messages about places in line

    # the visitor at the monitor
    camera_s: float = 180.0  # to give name and photo
    idle_warning_s: float = 45.0  # without a touch, until the monitor asks
    release_s: float = 75.0  # without a touch, until the monitor is free again
    visit_cap_s: float = 480.0  # one visitor at the monitor, whatever happens

    # the show
    painting_min_s: float = 8.0  # the painting stage, a replay filling it up
    painting_max_s: float = 90.0  # the painting stage, before the reveal goes on without
    result_s: float = 30.0  # the result on the monitor
    gallery_s: float = 20.0  # one painting on the idle monitor

    # the desk
    print_claim_s: float = 120.0  # a ticket stays in a desk's hand that went away

    # the fleet
    caption_budget_s: float = 4.0  # a painting waits for its caption
    fleet_patience_s: float = 45.0  # after the last answer, until the laptop paints what the ticket needs
    attempt_s: float = 90.0  # one attempt on a server, at the most
    first_call_s: float = 180.0  # the first painting on a server, while it loads its model

    # the line to the server
    ping_s: float = 10.0  # between two pings of a page
    silence_s: float = 25.0  # without a ping, until a page counts as away
