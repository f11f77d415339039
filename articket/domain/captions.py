"""A machine's caption becomes a phrase fit for a prompt and for a wall, or nothing."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from articket.domain.caption_words import (
    COMMON,
    FAILURES,
    GOES_ON,
    GUESSES,
    OF_PICTURES,
    PEOPLE,
    UNFINISHED,
    UNKIND,
)

LONGEST: Final = 120
"""Characters of a tidy caption: about thirty tokens, and two lines on the monitor."""
LONGEST_RAW: Final = 1_000
LONGEST_WORD: Final = 20
FEWEST_WORDS: Final = 2
"""Words besides articles that say more than a style's own subject does."""
MOST_NUMBERS: Final = 1 / 3
MOST_UNSPEAKABLE: Final = 1 / 3
LEAST_VARIETY: Final = 0.4
ARTICLES: Final = frozenset({"a", "an", "the"})


def _whole(words: Sequence[str]) -> str:
    return r"\b(?:" + "|".join(word.replace("*", r"\w*") for word in words) + r")\b"


_UNKIND: Final = re.compile(_whole(UNKIND))
# Up to two words may stand between: "an old bearded man".
_GUESS: Final = re.compile(
    _whole(GUESSES)
    + r"(?: (?!and\b|with\b|in\b|on\b|of\b|haired\b|hair\b|eyed\b)\w+){0,2}? "
    + _whole(PEOPLE)
)
_WEIGHT: Final = re.compile(r":\s*[-+]?\d|[<>]")
_ADDRESS: Final = re.compile(
    r"://|\bhttps?\b|\bwww\.|\w@\w|\b[\w-]+\.(?:com|net|org|io|kr|co|ai|app|dev|gg|me)\b"
)
_MASKED: Final = re.compile(r"[*$@#]\w|\w[*$@]|\w!\w")
_SPELT: Final = re.compile(r"(?<=\b\w) (?=\w\b)")
DISGUISED: Final = str.maketrans("013457", "oieast")
_TWICE: Final = re.compile(r"(?<![^ ])([^ ,]+(?: [^ ,]+)?)(?:,? \1)+(?![^ ,])")
_STUTTER: Final = re.compile(r"([a-z])\1{3}|(?:\b[b-z]\b ?){3}")
_VOWEL: Final = re.compile("[aeiouy]")
_TOKENS: Final = re.compile(r"</?s>|\[(?:sep|cls|pad|unk|dec|enc|bos|eos|mask|unused\d+)\]")
_SENTENCE_END: Final = re.compile(r"[.!?;。]+(?:\s|$)")
_QUOTED: Final = re.compile(
    r"\b(?:with (?:the |a )?(?:words?|text|letters?|name)\b|(?:that|which|it) (?:says?|reads?)\b|saying\b"
    r"|(?:that |who )?(?:looks|look|looking) like\b|in the style of\b).*"
)
_LOOK: Final = (
    r"(?:black and white|close ?-?up|blurr?ed|blurry|vintage|cropped|digital|studio|stock|selfie|colou?r|oil)"
)
_OPENING: Final = re.compile(
    r"^(?:caption|answer|description"
    r"|(?:there|this|it|here) (?:is|are)"
    r"|(?:in )?(?:the|this) (?:image|picture|photo|photograph)"
    r" ?,?(?:shows|depicts|features|contains|is of|of)?"
    rf"|(?:an? |the )?(?:{_LOOK} )*(?:picture|photo|photograph|photography|image|portrait|painting|drawing"
    r"|selfie|snapshot|screenshot|shot|view|close ?-?up|illustration) of)\b[ ,]*"
)
_ARTEFACT: Final = re.compile(
    r"(?:\b(?P<article>an?|the) )?\barr?aff?(?:e|es|ed|y|fe|ie|is)?\b(?: (?P<next>[a-z'-]+))?"
)


def tidy(caption: str) -> str | None:
    """Return a lower-case English phrase of at most LONGEST characters, or None where none is left.

    It holds nothing but a-z, digits, spaces, commas, apostrophes and hyphens, so that it cannot change
    a prompt. None where it is no caption, is unkind, or guesses at what is nobody's business, such as skin,
    faith, age or weight.
    """
    if len(caption) > LONGEST_RAW:
        return None
    said = _TOKENS.sub(" ", _plain(caption))
    if _is_code(said) or _is_foreign(said) or not _may_be_said(said):
        return None
    while (cleaned := _cleaned(said)) != said:
        said = cleaned
    return said if _may_be_said(said) and _says_something(said) else None


def _plain(caption: str) -> str:
    """Return it in lower case, without accents, controls and typographic quotes."""
    spread = unicodedata.normalize("NFKD", caption)
    kept = (
        " " if unicodedata.category(each) == "Cc" else each
        for each in spread
        if unicodedata.category(each) not in ("Mn", "Cf")
    )
    return re.sub("[\u2018\u2019\u02bc`]", "'", "".join(kept)).lower()


def _is_code(said: str) -> bool:
    return any(pattern.search(said) for pattern in (_WEIGHT, _ADDRESS, _MASKED))


def _is_foreign(said: str) -> bool:
    return any(each.isalnum() and not each.isascii() for each in said)


def _may_be_said(said: str) -> bool:
    words = _words(said)
    return not any(pattern.search(form) for form in _forms(words) for pattern in (_UNKIND, _GUESS))


def _forms(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words as they stand, and as they sound: "f u u uck", "sh1t"."""
    plain = " ".join(words)
    spelt = _SPELT.sub("", plain)
    return plain, *(re.sub(r"(.)\1{2,}", r"\1", form.translate(DISGUISED)) for form in (plain, spelt))


def _words(said: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "", said.replace("_", " ")))


def _cleaned(said: str) -> str:
    said = _without_artefacts(_first_sentence(said))
    while (opened := _OPENING.sub("", said)) != said:
        said = opened
    said = _QUOTED.sub("", _without_artefacts(said))
    return _shortened(_unrepeated(_clauses(said)))


def _first_sentence(said: str) -> str:
    said = _SENTENCE_END.split(said.strip(" .!?;\n"), maxsplit=1)[0]
    # BLIP writes "t - shirt" and "person ' s".
    said = re.sub(r"\b([a-z]) ?- ?(?=[a-z])", r"\1-", said)
    said = re.sub(r"(?<=[a-z]) ?' ?s\b", "'s", said.replace("&", " and "))
    said = re.sub(r"[^a-z0-9,' -]", " ", said)
    said = re.sub(r"(?<![a-z0-9])['-]+|['-]+(?![a-z0-9])", " ", said)
    return re.sub(r"\s*,[\s,]*", ", ", re.sub(r"\s+", " ", said)).strip(" ,")


def _without_artefacts(said: str) -> str:
    """Drop "arafed", which BLIP says where it means somebody."""
    return re.sub(r"\s+", " ", _ARTEFACT.sub(_meant, said)).strip()


def _meant(found: re.Match[str]) -> str:
    article, following = found["article"], found["next"]
    if following is None:
        return f"{article or 'a'} person"
    if following in UNFINISHED or following.endswith("ing"):
        noun = "" if following in ("a", "an", "the") else "a person "
        return f"{noun}{following}"
    return f"{'a' if article in (None, 'an') else article} {following}"


def _clauses(said: str) -> str:
    first, *more = said.split(", ")
    kept = [first]
    for clause in more:
        words = clause.split()
        if len(words) < FEWEST_WORDS or words[0] not in GOES_ON or not OF_PICTURES.isdisjoint(words):
            break
        kept.append(clause)
    return ", ".join(kept)


def _unrepeated(said: str) -> str:
    """Say once what is said several times in a row, and end before three words come back."""
    words = _TWICE.sub(r"\1", said).split()
    bare = [word.rstrip(",") for word in words]
    seen: set[tuple[str, ...]] = set()
    for at, three in enumerate(zip(bare, bare[1:], bare[2:], strict=False)):
        if three in seen:
            return " ".join(words[:at])
        seen.add(three)
    return " ".join(words)


def _shortened(said: str) -> str:
    """Cut between words, and take away what then leads nowhere."""
    if len(said) > LONGEST:
        said = said[: LONGEST + 1].rpartition(" ")[0]
    words = said.split()
    while words and (words[-1].rstrip(",") in UNFINISHED or len(words[-1]) == 1):
        words.pop()
    return " ".join(words).rstrip(",")


def _says_something(said: str) -> bool:
    words = _words(said)
    spoken = [word for word in words if not word.isdigit() and word not in ARTICLES]
    return (
        len(spoken) >= FEWEST_WORDS
        and not COMMON.isdisjoint(words)
        and FAILURES.isdisjoint(words)
        and max(map(len, words)) <= LONGEST_WORD
        and sum(map(str.isdigit, words)) <= len(words) * MOST_NUMBERS
        and sum(not _VOWEL.search(word) for word in spoken) <= len(spoken) * MOST_UNSPEAKABLE
        and len(set(words)) >= len(words) * LEAST_VARIETY
        and not _STUTTER.search(" ".join(words))
    )
