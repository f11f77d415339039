from articket.web.places import Places


def place(ahead: int, rev: int = 1) -> dict[str, int]:
    return {"rev": rev, "ahead": ahead, "minutes": 2 * ahead}


def test_everybody_hears_once_a_few_at_a_time() -> None:
    places = Places()
    line = {f"visit-{ahead}": place(ahead) for ahead in range(5)}
    places.renew(line)
    heard = [places.take(2) for _ in range(4)]
    assert [len(each) for each in heard] == [2, 2, 1, 0]
    assert {visit: told for each in heard for visit, told in each} == line


def test_a_place_that_stays_is_not_told_again_whatever_the_revision() -> None:
    places = Places()
    places.renew({"first": place(0), "second": place(1)})
    places.take(2)
    places.renew({"first": place(0, rev=2), "second": place(0, rev=2)})
    assert places.take(9) == [("second", place(0, rev=2))]


def test_who_has_not_heard_yet_hears_the_newest_only() -> None:
    places = Places()
    places.renew({"late": place(3)})
    places.renew({"late": place(2, rev=2)})
    assert places.take(9) == [("late", place(2, rev=2))]


def test_who_left_and_comes_back_hears_again() -> None:
    places = Places()
    places.renew({"mover": place(1)})
    places.take(1)
    places.renew({})
    places.renew({"mover": place(1)})
    assert len(places) == 1
