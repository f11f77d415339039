"""A bucket, held against the real fake-gcs-server, over a road on which everything goes wrong."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest
from doubles.gcs import BUCKET, Cloud, cloud
from doubles.gcs_road import Weather
from google.cloud import storage
from stores.contract import StoreContract

from articket.adapters.stores.bucket import ONE_REQUEST_BYTES, BucketStore
from articket.adapters.stores.patience import Patience
from articket.domain.faults import Gone, StoreRefused, StoreUnwritable

# What answers at all may be slow on a crowded machine; only who never answers is given up soon.
QUICK = Patience(connect_s=1.0, answer_s=20.0, retry_s=0.2)
HASTY = Patience(connect_s=1.0, answer_s=0.3, retry_s=0.2)
PDF = b"%PDF-1.7 a ticket"


@pytest.fixture(scope="module")
def running() -> Iterator[Cloud]:
    with cloud() as opened:
        yield opened


@pytest.fixture
def sky(running: Cloud) -> Iterator[Cloud]:
    """The cloud, with good weather."""
    running.road.weather = Weather()
    yield running
    running.road.weather = Weather()


@pytest.fixture
def prefix() -> str:
    return uuid4().hex


@pytest.fixture
def store(sky: Cloud, prefix: str) -> BucketStore:
    return BucketStore(f"gs://{BUCKET}/{prefix}", sky.client)


def quick(sky: Cloud, prefix: str, bucket: str = BUCKET) -> BucketStore:
    return BucketStore(f"gs://{bucket}/{prefix}", sky.client, QUICK)


def with_key(sky: Cloud, folder: Path, prefix: str) -> BucketStore:
    key = sky.key_file(folder)
    return BucketStore(f"gs://{BUCKET}/{prefix}", lambda: sky.client_with_key(key), QUICK)


def with_token(sky: Cloud, prefix: str) -> BucketStore:
    return BucketStore(f"gs://{BUCKET}/{prefix}", sky.client_of_a_person, QUICK)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(StoreUnwritable) as raised:
        call()
    return raised.value.code


class TestBucketStore(StoreContract):
    @pytest.fixture
    def store(self, store: BucketStore) -> BucketStore:
        return store


def test_a_ticket_lies_below_the_prefix_and_says_what_it_is(
    store: BucketStore, sky: Cloud, prefix: str
) -> None:
    store.put("tickets/2026-11-21/153012-0049.pdf", PDF)
    blob = sky.blob(f"{prefix}/tickets/2026-11-21/153012-0049.pdf")
    assert blob.content_type == "application/pdf"
    assert blob.content_disposition == 'inline; filename="153012-0049.pdf"'
    assert blob.cache_control == "private, no-store"
    assert blob.size == len(PDF)


def test_a_bucket_without_a_prefix_holds_the_names_themselves(sky: Cloud) -> None:
    store = BucketStore(f"gs://{BUCKET}", sky.client)
    store.put("plain.pdf", PDF)
    assert "plain.pdf" in sky.names()
    assert store.delete("plain.pdf")


def test_an_answer_that_got_lost_leaves_one_file_and_no_fault(
    store: BucketStore, sky: Cloud, prefix: str
) -> None:
    sky.weather.lost = 1
    assert store.put("t.pdf", PDF) is False, "the repetition met its own bytes"
    assert len(sky.weather.uploads) == 2
    assert sky.names(prefix) == [f"{prefix}/t.pdf"]
    generation = sky.blob(f"{prefix}/t.pdf").generation
    assert store.put("t.pdf", PDF) is False
    assert sky.blob(f"{prefix}/t.pdf").generation == generation, "never written again"


def test_a_name_that_holds_other_bytes_is_refused_after_a_lost_answer_too(
    store: BucketStore, sky: Cloud
) -> None:
    store.put("t.pdf", PDF)
    sky.weather.lost = 1
    with pytest.raises(StoreRefused):
        store.put("t.pdf", PDF[::-1])
    assert store.get("t.pdf") == PDF


def test_a_large_file_goes_up_in_parts_and_once(store: BucketStore, sky: Cloud, prefix: str) -> None:
    large = bytes(range(256)) * (ONE_REQUEST_BYTES // 256 + 1)
    assert store.put("large.pdf", large) is True
    assert len(sky.weather.uploads) > 1
    assert all("uploadType=resumable" in each for each in sky.weather.uploads)
    sky.weather.uploads.clear()
    assert store.put("large.pdf", large) is False
    assert sky.weather.uploads == [], "what is there is not sent again"
    with pytest.raises(StoreRefused):
        store.put("large.pdf", large[::-1])
    assert store.get("large.pdf") == large
    assert sky.names(prefix) == [f"{prefix}/large.pdf"]


def test_a_large_file_whose_answers_get_lost_arrives(store: BucketStore, sky: Cloud) -> None:
    large = b"x" * (ONE_REQUEST_BYTES + 1)
    sky.weather.lost = 1
    store.put("large.pdf", large)
    assert store.get("large.pdf") == large


def test_a_long_list_is_complete_and_what_others_put_there_is_left_out(
    store: BucketStore, sky: Cloud, prefix: str
) -> None:
    bucket = sky.inside.bucket(BUCKET)
    for number in range(1_100):  # one page has a thousand
        bucket.blob(f"{prefix}/t/{number:04}").upload_from_string(b"")
    bucket.blob(f"{prefix}/t/").upload_from_string(b"")  # as the console makes a folder
    bucket.blob(f"{prefix}/t/copy of 1.pdf").upload_from_string(b"")
    assert store.list("t/") == [f"t/{number:04}" for number in range(1_100)]


def test_a_missing_bucket_is_told_and_never_an_empty_store(sky: Cloud, prefix: str) -> None:
    store = quick(sky, prefix, "no-such-bucket")
    for call in (
        lambda: store.put("a", b"x"),
        lambda: store.get("a"),
        lambda: store.exists("a"),
        lambda: store.delete("a"),
        store.list,
    ):
        assert code_of(call) == "store-bucket-missing"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "store-credentials-wrong"),
        (403, "store-forbidden"),
        (400, "store-forbidden"),
        (429, "store-unreachable"),
        (503, "store-unreachable"),
    ],
)
def test_a_refused_upload_says_why(sky: Cloud, prefix: str, status: int, code: str) -> None:
    sky.weather.status = status
    store = with_token(sky, prefix)
    assert code_of(lambda: store.put("a", b"x")) == code
    assert store.list() == [], "reading was allowed"


def test_credentials_that_are_granted_open_the_bucket(sky: Cloud, prefix: str) -> None:
    store = with_token(sky, prefix)
    assert store.put("a", b"x") is True


def test_credentials_that_were_withdrawn_are_told(sky: Cloud, prefix: str) -> None:
    sky.weather.token = 400
    store = with_token(sky, prefix)
    assert code_of(lambda: store.put("a", b"x")) == "store-credentials-wrong"
    sky.weather.token = 200
    assert store.put("a", b"x") is True, "mended while the booth runs"


def test_an_office_that_grants_tokens_and_is_out_of_order_is_no_fault_of_the_credentials(
    sky: Cloud, prefix: str
) -> None:
    sky.weather.token = 503
    store = with_token(sky, prefix)
    assert code_of(lambda: store.put("a", b"x")) == "store-unreachable"


@pytest.mark.parametrize("content", [None, "", "{}", '{"type": "service_account"}', "broken key"])
def test_a_key_file_that_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sky: Cloud, content: str | None
) -> None:
    path = tmp_path / "key.json"
    if content == "broken key":
        account = json.loads(sky.key_file(tmp_path).read_text())
        path.write_text(json.dumps(account | {"private_key": "-----BEGIN PRIVATE KEY-----\nA\n"}))
    elif content is not None:
        path.write_text(content)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    store = BucketStore(f"gs://{BUCKET}/x")
    assert code_of(lambda: store.put("a", b"x")) == "store-credentials-missing"


def test_a_key_for_another_cloud_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sky: Cloud) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(sky.key_file(tmp_path)))
    store = BucketStore(f"gs://{BUCKET}/x")
    assert code_of(lambda: store.put("a", b"x")) == "store-credentials-wrong"


def test_after_a_refusal_the_key_is_read_anew(sky: Cloud, prefix: str) -> None:
    opened: list[storage.Client] = []

    def client() -> storage.Client:
        opened.append(sky.client_of_a_person())
        return opened[-1]

    store = BucketStore(f"gs://{BUCKET}/{prefix}", client, QUICK)
    sky.weather.token = 400
    assert code_of(lambda: store.put("a", b"x")) == "store-credentials-wrong"
    sky.weather.token = 200
    assert store.put("a", b"x") is True
    assert store.put("b", b"x") is True
    assert len(opened) == 2


def test_a_server_that_is_away_is_told_in_time_and_found_again(sky: Cloud, prefix: str) -> None:
    store = quick(sky, prefix)
    store.put("a", b"x")
    sky.road.close()
    began = monotonic()
    try:
        for call in (
            lambda: store.put("b", b"x"),
            lambda: store.get("a"),
            lambda: store.exists("b"),
            store.list,
        ):
            assert code_of(call) == "store-unreachable"
    finally:
        sky.road.open()
    assert monotonic() - began < 20
    assert store.put("b", b"x") is True
    assert store.list() == ["a", "b"]


def test_a_server_that_never_answers_is_given_up_in_time(sky: Cloud, prefix: str) -> None:
    store = BucketStore(f"gs://{BUCKET}/{prefix}", sky.client, HASTY)
    sky.weather.held = True
    began = monotonic()
    assert code_of(lambda: store.put("a", b"x")) == "store-unreachable"
    assert monotonic() - began < 20


def test_a_link_is_signed_for_a_while_and_leads_to_the_file(sky: Cloud, prefix: str, tmp_path: Path) -> None:
    store = with_key(sky, tmp_path, prefix)
    store.put("t.pdf", PDF)
    url = store.signed_url("t.pdf", 120)
    assert url.startswith(f"{sky.url}/{BUCKET}/{prefix}/t.pdf?X-Goog-Algorithm=GOOG4-RSA-SHA256")
    assert "X-Goog-Expires=120&" in url
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own server's
        assert answer.read() == PDF


def test_a_link_never_lasts_longer_than_google_allows(sky: Cloud, prefix: str, tmp_path: Path) -> None:
    store = with_key(sky, tmp_path, prefix)
    assert "X-Goog-Expires=604800&" in store.signed_url("t.pdf", 10**9)


def test_credentials_that_cannot_sign_are_told(store: BucketStore) -> None:
    assert code_of(lambda: store.signed_url("t.pdf", 60)) == "store-credentials-wrong"


def test_a_file_that_is_gone_is_gone(store: BucketStore) -> None:
    with pytest.raises(Gone):
        store.get("none")
