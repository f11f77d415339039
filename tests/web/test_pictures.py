"""Who may see which picture."""

import io
import zipfile

import pytest
from doubles.web import BOOTH, BoothSet, jpeg
from PIL import Image

FORWARDED = {"X-Forwarded-For": "203.0.113.7"}


def statuses(client: object, visit: str, names: tuple[str, ...], headers: dict[str, str]) -> list[int]:
    get = client.get  # type: ignore[attr-defined]
    return [get(f"/pictures/{visit}/1/{name}.jpg", headers=headers).status_code for name in names]


def test_before_the_reveal_even_the_owner_sees_colours_only(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.prepare()
    booth.paint(phone.id)
    names = ("photo", "veil-vangogh", "small-vangogh", "large-vangogh", "print-vangogh")
    assert statuses(phone.client, phone.id, names, FORWARDED) == [200, 200, 404, 404, 404]
    assert phone.client.get(f"/pictures/{phone.id}/all.zip").status_code == 404
    for easel in phone.snapshot()["view"].get("easels", []):
        assert "veil" in easel["veil"]


def test_after_the_reveal_everything_is_the_owner_s_and_nobody_else_s(booth: BoothSet) -> None:
    phone, other = booth.phone(), booth.phone()
    phone.finish()
    names = ("photo", "veil-renoir", "small-renoir", "large-renoir", "print-renoir")
    assert statuses(phone.client, phone.id, names, FORWARDED) == [200] * 5
    assert statuses(other.client, phone.id, names, FORWARDED) == [404] * 5
    assert statuses(booth.app.test_client(), phone.id, names, FORWARDED) == [404] * 5
    assert statuses(booth.staff(), phone.id, names, FORWARDED) == [200] * 5


def test_the_monitor_sees_whom_it_shows_and_whom_the_gallery_allows(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.finish(gallery=True)
    assert phone.visit.decision is not None
    own = phone.visit.decision.style
    wall = booth.app.test_client()
    names = ("photo", f"large-{own}", f"print-{own}")
    assert statuses(wall, phone.id, names, {}) == [200, 200, 404]
    booth.elapse()
    assert booth.visits.booth(BOOTH).visit is None
    assert statuses(wall, phone.id, names, {}) == [404, 200, 404]
    others = tuple(f"large-{each.style}" for each in phone.visit.easels if each.style != own)
    assert statuses(wall, phone.id, others, {}) == [404] * 3


def test_pictures_are_kept_privately_and_saved_under_a_nice_name(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.finish()
    url = f"/pictures/{phone.id}/1/print-vangogh.jpg"
    response = phone.client.get(url)
    assert response.headers["Cache-Control"] == "private, max-age=600"
    assert phone.client.get(url, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    saved = phone.client.get(f"{url}?save=1")
    assert saved.headers["Content-Disposition"] == "attachment; filename=articket-1-vangogh.jpg"


def test_all_paintings_come_in_one_file(booth: BoothSet) -> None:
    phone = booth.phone()
    phone.finish()
    response = phone.client.get(f"/pictures/{phone.id}/all.zip")
    assert response.headers["Content-Disposition"] == "attachment; filename=articket-1.zip"
    with zipfile.ZipFile(io.BytesIO(response.get_data())) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            f"articket-1-{style}.jpg" for style in ("lichtenstein", "picasso", "renoir", "vangogh")
        ]
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/{id}/1/..%2f..%2fsource-1.jpg",
        "/pictures/{id}/1/source-1.jpg",
        "/pictures/{id}/1/large-..jpg",
        "/pictures/{id}/9/photo.jpg",
        "/pictures/{id}/0/photo.jpg",
        "/pictures/{id}/1/large-nobody.jpg",
        "/pictures/nobody/1/photo.jpg",
        "/gallery/..%2fsecret.jpg",
        "/gallery/pear.jpg",
    ],
)
def test_other_addresses_lead_nowhere(booth: BoothSet, path: str) -> None:
    phone = booth.phone()
    phone.finish()
    assert phone.client.get(path.format(id=phone.id)).status_code == 404


def test_house_paintings_are_for_everybody(booth: BoothSet) -> None:
    response = booth.app.test_client().get("/gallery/pear.vangogh.jpg", headers=FORWARDED)
    assert response.status_code == 200
    assert response.mimetype == "image/jpeg"


def test_a_house_painting_comes_small_for_phones_and_once(booth: BoothSet) -> None:
    (booth.parts.gallery / "pear.vangogh.jpg").write_bytes(jpeg((848, 1232)))
    client = booth.app.test_client()
    first = client.get("/gallery/pear.vangogh.jpg?small=1")
    with Image.open(io.BytesIO(first.data)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (440, 639)
    assert "max-age" in first.headers["Cache-Control"]
    again = client.get("/gallery/pear.vangogh.jpg?small=1", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert len(client.get("/gallery/pear.vangogh.jpg").data) > len(first.data)
