"""Everything that can be asked of a booth and its visits, by phones, staff, clocks and jobs."""

from dataclasses import dataclass

from articket.domain.moderation import Look, Part
from articket.domain.print_commands import PrintCommand
from articket.domain.print_queue import STAFF
from articket.domain.visit import PRINT_PIXELS_WIDE, Reader


@dataclass(frozen=True, slots=True)
class Join:
    """A phone scanned the code; the scene's visit is new."""


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """The visitor agreed, in this version of the words."""

    version: str
    gallery: bool
    guardian: bool


@dataclass(frozen=True, slots=True)
class GiveName:
    """The visitor's name for ticket and monitor."""

    name: str


@dataclass(frozen=True, slots=True)
class StorePhoto:
    """A photo is on disk under this number."""

    number: int
    focus: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The visitor moved the crop of this photo; fractions of its width and height."""

    photo: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Ready:
    """Name and photo are as the visitor wants them."""


@dataclass(frozen=True, slots=True)
class Retake:
    """The visitor wants another photo."""


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """The visitor goes on by phone, without the monitor."""


@dataclass(frozen=True, slots=True)
class Rejoin:
    """The visitor wants the monitor again."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """The called visitor chose the picture that hangs on the wall."""

    picture: str


@dataclass(frozen=True, slots=True)
class Postpone:
    """The called visitor lets one other go first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An option of the question at this step."""

    step: int
    option: str


@dataclass(frozen=True, slots=True)
class Back:
    """Leave the question at this step for the one before."""

    step: int


@dataclass(frozen=True, slots=True)
class GiveReview:
    """Stars from 1 to 5 and a comment, maybe empty."""

    stars: int
    comment: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete everything of the scene's visit; code and files are what the receipt will say."""

    code: str


@dataclass(frozen=True, slots=True)
class Call:
    """Staff call the scene's visit, or the next one."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Staff free the monitor from whoever has it or is called; with a visit, from that one only."""

    visit: str | None = None


@dataclass(frozen=True, slots=True)
class SetDoor:
    """Staff open, pause or close the line."""

    door: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Staff darken the monitor, or light it again."""

    on: bool


@dataclass(frozen=True, slots=True)
class Reset:
    """Staff bring the monitor back to idle; the line stays."""


@dataclass(frozen=True, slots=True)
class MarkPrinted:
    """Staff hold the printed ticket in their hand, or the printer says that it is out."""

    by: str = STAFF


@dataclass(frozen=True, slots=True)
class Reprint:
    """Staff want the ticket once more, so many times."""

    reason: str
    copies: int = 1
    by: str = STAFF


@dataclass(frozen=True, slots=True)
class RemakeTicket:
    """Staff want what failed or never came to be made again: paintings, and the ticket."""


@dataclass(frozen=True, slots=True)
class Hide:
    """Staff take the visit's photo and paintings, or its name, off the monitor."""

    part: Part = Part.PHOTO


@dataclass(frozen=True, slots=True)
class Show:
    """Staff let everybody see the visit's name, or this photo and what is painted from it."""

    part: Part = Part.PHOTO
    photo: int | None = None


@dataclass(frozen=True, slots=True)
class LookAt:
    """A model looked at this photo, or could not."""

    photo: int
    look: Look


@dataclass(frozen=True, slots=True)
class StartPainting:
    """A painter took up a commission."""

    photo: int
    style: str
    painter: str


@dataclass(frozen=True, slots=True)
class FinishPainting:
    """A painting is on disk, so many pixels of it truly painted."""

    photo: int
    style: str
    painter: str
    seconds: float
    pixels_wide: int = PRINT_PIXELS_WIDE


@dataclass(frozen=True, slots=True)
class FailPainting:
    """A commission was given up in this round; the code says why."""

    photo: int
    style: str
    code: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class Describe:
    """A captioner looked at the photo.

    `face` is the main face's middle as shares of the frame, `reader` wrote the sentence.
    """

    photo: int
    sentence: str | None
    faces: int
    colours: tuple[str, ...]
    face: tuple[float, float] | None = None
    reader: Reader | None = None


@dataclass(frozen=True, slots=True)
class StoreTicket:
    """The ticket's PDF is in the store, under this name in the folder staff print from."""

    edition: int
    pixels_per_inch: float
    file: str | None = None


@dataclass(frozen=True, slots=True)
class FailTicket:
    """The ticket could not be made; the code says why."""

    edition: int
    code: str


@dataclass(frozen=True, slots=True)
class Elapse:
    """The booth's deadline for this step has passed."""

    step: int


@dataclass(frozen=True, slots=True)
class TidyLine:
    """A clock looks at the line for those who went away."""


# These are about whoever is at the monitor, so their scene's visit is always that one.
OfTheMonitor = Skip | Reset | Elapse


Command = (
    Join
    | GiveConsent
    | GiveName
    | StorePhoto
    | Frame
    | Ready
    | Retake
    | LeaveLine
    | Rejoin
    | Confirm
    | Postpone
    | Answer
    | Back
    | GiveReview
    | Erase
    | Call
    | Skip
    | SetDoor
    | Blank
    | Reset
    | MarkPrinted
    | Reprint
    | PrintCommand
    | RemakeTicket
    | Hide
    | Show
    | LookAt
    | StartPainting
    | FinishPainting
    | FailPainting
    | Describe
    | StoreTicket
    | FailTicket
    | Elapse
    | TidyLine
)
