import re
from pathlib import Path
from typing import Final

from articket.adapters.experiences.quiz import read_quiz
from articket.adapters.experiences.sheet import STRUCTURE, PackFault, Sheet, read_sheet
from articket.adapters.experiences.styles import Known, read_styles
from articket.adapters.experiences.table import Table
from articket.adapters.experiences.wording import Shape, read_texts
from articket.domain.experience import Experience
from articket.domain.faults import PackBroken

_LOCALE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def load_experience(folder: Path, known: Known | None = None) -> Experience:
    """Read and check a pack: `experience.toml` and one file of texts per language.

    PackBroken is raised with every fault of every file in its sentence, one a line as `file:line: what`;
    recipes and ticket designs are checked where `known` tells which there are.
    """
    faults: list[PackFault] = []
    root = Table.of(read_sheet(folder / STRUCTURE, faults))
    locales = root.texts("locales")
    for locale in locales:
        if not _LOCALE.fullmatch(locale):
            root.fault("locales", f"`{locale}` is not a language. Write it like `ko`, `en` or `pt-BR`.")
    default_locale = root.text("default_locale")
    if default_locale and locales and default_locale not in locales:
        root.fault("default_locale", f"`{default_locale}` is not among the `locales`.")
    experience_id = root.id("id")
    styles = read_styles(root, known or Known())
    quiz = read_quiz(root, [style.id for style in styles])
    unfit_names = root.texts("unfit_names") if "unfit_names" in root else ()
    root.close()
    if root.silent:
        raise _pack_broken(faults)

    sheets = {
        locale: read_sheet(folder / f"{locale}.toml", faults)
        for locale in locales
        if _LOCALE.fullmatch(locale)
    }
    shape = Shape(styles, quiz, _keys(sheets, "gallery"), _keys(sheets, "ticket", "words"))
    texts = {locale: read_texts(Table.of(sheet), locale, shape) for locale, sheet in sheets.items()}
    if faults:
        raise _pack_broken(faults)
    return Experience(experience_id, locales, default_locale, styles, quiz, texts, unfit_names)


def _keys(sheets: dict[str, Sheet], *section: str) -> tuple[str, ...]:
    """Return the keys that any language has in a section, since then every language needs them."""
    keys: dict[str, None] = {}
    for sheet in sheets.values():
        table = Table.of(sheet)
        for part in section:
            table = table.table(part) if part in table else Table(sheet)
        keys |= dict.fromkeys(table.values)
    return tuple(keys)


def _pack_broken(faults: list[PackFault]) -> PackBroken:
    once = sorted(set(faults))  # what styles share is found wrong by each of them
    return PackBroken("pack-broken", "\n".join(map(str, once)), count=len(once))
