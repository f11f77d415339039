"""Names that no monitor should say: a few words for each language, found however they are spelt."""

from articket.domain.names.filter import EVERY_NAME, Filter, WordList

__all__ = ["EVERY_NAME", "Filter", "WordList"]
