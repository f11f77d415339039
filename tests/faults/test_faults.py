"""Every fault has a code of its own, belongs to one branch and survives the way between processes."""

import inspect
import pickle
import re

import pytest

from articket.domain import faults
from articket.domain.faults import CODES, CONCRETE, Fault, PermanentFault, TransientFault

CLASSES = [each for _, each in inspect.getmembers(faults, inspect.isclass) if issubclass(each, Fault)]


def test_codes_are_kebab_case_and_never_shared() -> None:
    each = [code for kind in CONCRETE for code in kind.codes]
    assert len(each) == len(set(each)) == len(CODES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in each)


def test_every_class_with_codes_is_listed() -> None:
    assert {each for each in CLASSES if each.codes} == set(CONCRETE)


@pytest.mark.parametrize("kind", CONCRETE)
def test_a_fault_is_either_transient_or_permanent(kind: type[Fault]) -> None:
    assert issubclass(kind, TransientFault) is not issubclass(kind, PermanentFault)


@pytest.mark.parametrize("kind", CLASSES)
def test_a_code_of_another_class_is_refused(kind: type[Fault]) -> None:
    with pytest.raises(ValueError, match="no-such-code"):
        kind("no-such-code", "A sentence.")


@pytest.mark.parametrize("kind", CONCRETE)
def test_a_fault_crosses_processes_whole(kind: type[Fault]) -> None:
    fault = kind(min(kind.codes), "A sentence.", limit=3, kind="GIF")
    copy = pickle.loads(pickle.dumps(fault))  # noqa: S301 - as a process pool does with its own
    assert (type(copy), copy.code, copy.sentence, copy.params) == (
        kind,
        fault.code,
        "A sentence.",
        {"limit": 3, "kind": "GIF"},
    )
    assert str(copy) == f"A sentence. [{fault.code}]"
