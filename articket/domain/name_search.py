"""Finding a name by what staff remember of it."""

import unicodedata


def has(name: str, part: str) -> bool:
    """Whether a part stands in a name; case, spaces and the way letters are composed do not count."""
    return _plain(part) in _plain(name)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
