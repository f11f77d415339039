"""A booth that ends does not wait for the internet."""

from pathlib import Path
from time import monotonic

from doubles.gcs import BUCKET, Cloud, cloud
from doubles.world import OpenBarriers
from durability.booth import wait_for
from uploads.queue import Desk, tickets

from articket.adapters.clock import Metronome
from articket.adapters.stores.bucket import BucketStore
from articket.adapters.stores.patience import Patience
from articket.application.uploading import Uploader
from articket.cloud import CLOSES_WITHIN_S, CloudFolder

SLOW = Patience(connect_s=1.0, answer_s=60.0, retry_s=0.1)


def test_an_upload_that_hangs_is_left_and_goes_up_at_the_next_start(tmp_path: Path) -> None:
    with cloud() as sky:
        desk = Desk(tmp_path)
        desk.ticket(1)
        first = folder(desk, sky)
        sky.weather.held = True
        first.start()
        wait_for(lambda: bool(sky.weather.uploads))
        began = monotonic()
        first.close()
        assert monotonic() - began < CLOSES_WITHIN_S + 5
        sky.road.close()
        sky.weather.held = False
        sky.road.open()
        first.metronome.close()  # the thread itself ends with its request
        assert tickets(sky) == []
        second = folder(desk, sky)
        second.start()
        wait_for(lambda: len(tickets(sky)) == 1)
        wait_for(lambda: second.backlog().waiting == 0)
        second.close()
        second.metronome.close()
        desk.close()


def folder(desk: Desk, sky: Cloud) -> CloudFolder:
    there = BucketStore(f"gs://{BUCKET}/fair", sky.client, SLOW)
    uploader = Uploader(desk.uploads, desk.store, there, desk.clock, lambda: None, OpenBarriers())
    return CloudFolder(desk.uploads, uploader, Metronome("uploads", 0.05, uploader.run), there)
