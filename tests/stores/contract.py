"""What every store promises; a test class inherits this and provides the `store` fixture."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from articket.application.ports import LocalStore, Store
from articket.domain.faults import Gone, StoreRefused

UNSAFE = [
    "",
    "/",
    "/etc/passwd",
    "..",
    "../up",
    "a/../b",
    "a//b",
    "a/",
    "./a",
    "a\\b",
    "a\0b",
    "a\nb",
    "a\n",
    ".hidden",
    "-option",
    "C:/x",
    "a b",
    "김치",
    "a" * 201,
    "/".join(["a" * 100] * 6),
]


class StoreContract:
    def test_what_was_put_is_got(self, store: Store) -> None:
        assert store.put("visits/a1/photo-1.jpg", b"\x00\xff" * 70_000) is True
        assert store.get("visits/a1/photo-1.jpg") == b"\x00\xff" * 70_000
        assert store.exists("visits/a1/photo-1.jpg")

    def test_a_file_may_be_empty(self, store: Store) -> None:
        assert store.put("empty", b"") is True
        assert store.put("empty", b"") is False
        assert store.get("empty") == b""

    def test_the_same_bytes_twice_are_written_once(self, store: Store) -> None:
        data = b"ticket"
        assert [store.put("t.pdf", data) for _ in range(3)] == [True, False, False]

    def test_other_bytes_never_replace_what_is_there(self, store: Store) -> None:
        store.put("t.pdf", b"first")
        with pytest.raises(StoreRefused) as refused:
            store.put("t.pdf", b"second")
        assert refused.value.code == "store-name-taken"
        assert store.get("t.pdf") == b"first"

    def test_what_is_not_there_is_gone(self, store: Store) -> None:
        with pytest.raises(Gone) as gone:
            store.get("visits/none")
        assert gone.value.code == "file-gone"
        assert not store.exists("visits/none")

    def test_a_folder_is_no_file(self, store: Store) -> None:
        store.put("visits/a/photo.jpg", b"x")
        assert not store.exists("visits/a")
        assert not store.delete("visits/a")
        with pytest.raises(Gone):
            store.get("visits/a")
        with pytest.raises(Gone):
            store.get("visits/a/photo.jpg/below")

    @pytest.mark.parametrize("name", UNSAFE)
    def test_an_unsafe_name_is_refused_everywhere(self, store: Store, name: str) -> None:
        for call in (store.get, store.exists, store.delete):
            with pytest.raises(StoreRefused) as refused:
                call(name)
            assert refused.value.code == "store-name-unsafe"
        with pytest.raises(StoreRefused):
            store.put(name, b"x")

    @pytest.mark.parametrize("prefix", ["../", "/", "/etc/", "a/../", ".put-", "a//b", "a\0"])
    def test_an_unsafe_prefix_is_refused(self, store: Store, prefix: str) -> None:
        with pytest.raises(StoreRefused):
            store.list(prefix)
        with pytest.raises(StoreRefused):
            store.delete_tree(prefix)

    def test_listing_is_sorted_and_by_prefix(self, store: Store) -> None:
        for name in ("v/12/b", "v/12/a", "v/123/a", "v-1", "w"):
            store.put(name, b"x")
        assert store.list() == ["v-1", "v/12/a", "v/12/b", "v/123/a", "w"]
        assert store.list("v/12") == ["v/12/a", "v/12/b", "v/123/a"]
        assert store.list("v/12/") == ["v/12/a", "v/12/b"]
        assert store.list("v") == ["v-1", "v/12/a", "v/12/b", "v/123/a"]
        assert store.list("nothing/here") == []

    def test_deleting_tells_whether_there_was_something(self, store: Store) -> None:
        store.put("v/1/a", b"x")
        assert store.delete("v/1/a") is True
        assert store.delete("v/1/a") is False
        assert store.list() == []
        assert store.put("v/1/a", b"another") is True

    @pytest.mark.parametrize("prefix", ["v/12", "v/12/"])
    def test_deleting_a_tree_spares_its_neighbours(self, store: Store, prefix: str) -> None:
        for name in ("v/12/a", "v/12/deep/er/b", "v/123/a", "v/1"):
            store.put(name, b"x")
        assert store.delete_tree(prefix) == 2
        assert store.list() == ["v/1", "v/123/a"]
        assert store.delete_tree(prefix) == 0

    def test_the_whole_store_cannot_be_deleted_by_an_empty_prefix(self, store: Store) -> None:
        store.put("a", b"x")
        with pytest.raises(StoreRefused):
            store.delete_tree("")
        assert store.exists("a")

    def test_of_eight_threads_putting_one_name_one_writes(self, store: Store) -> None:
        start = Barrier(8)

        def put(_: int) -> bool:
            start.wait(10)
            return store.put("deep/er/same", b"same" * 100_000)

        with ThreadPoolExecutor(8) as threads:
            assert sorted(threads.map(put, range(8))) == [False] * 7 + [True]
        assert store.list() == ["deep/er/same"]

    def test_of_eight_threads_with_different_bytes_one_wins(self, store: Store) -> None:
        start = Barrier(8)

        def put(number: int) -> bool:
            start.wait(10)
            try:
                return store.put("same", bytes([number]) * 50_000)
            except StoreRefused:
                return False

        with ThreadPoolExecutor(8) as threads:
            written = list(threads.map(put, range(8)))
        assert written.count(True) == 1
        assert store.get("same") == bytes([written.index(True)]) * 50_000

    def test_putting_beside_deleting_never_fails(self, store: Store) -> None:
        start = Barrier(2)

        def put_and_delete(number: int) -> bool:
            start.wait(10)
            return all(
                store.put(f"shared/{turn}/{number}", b"x") and store.delete(f"shared/{turn}/{number}")
                for turn in range(40)
            )

        with ThreadPoolExecutor(2) as threads:
            assert list(threads.map(put_and_delete, range(2))) == [True, True]
        assert store.list() == []


class LocalStoreContract(StoreContract):
    """What a store on this machine promises besides."""

    @pytest.mark.parametrize("name", UNSAFE)
    def test_an_unsafe_name_leads_nowhere(self, store: LocalStore, name: str) -> None:
        with pytest.raises(StoreRefused) as refused:
            store.path(name)
        assert refused.value.code == "store-name-unsafe"
