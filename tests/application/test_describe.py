"""A photo is looked at once, and only while it is the visit's."""

from application.kit import Kit

from articket.domain.jobs import DescribeJob


class TestDescribe:
    def test_what_is_seen_is_kept_once(self, kit: Kit) -> None:
        visit = kit.ready()
        kit.run(DescribeJob(visit, 1))
        kit.run(DescribeJob(visit, 1))
        assert kit.eye.seen == 1
        sight = kit.visit(visit).sight
        assert sight is not None
        assert (sight.faces, sight.colours) == (1, ("red", "blue"))

    def test_an_older_photo_is_not_looked_at(self, kit: Kit) -> None:
        visit = kit.with_consent()
        kit.photo(visit)
        kit.photo(visit, 2)
        kit.run(DescribeJob(visit, 1))
        assert kit.eye.seen == 0

    def test_a_visit_erased_meanwhile_is_no_fault(self, kit: Kit) -> None:
        visit = kit.ready()
        kit.eye.meanwhile = lambda: kit.erase(visit)
        kit.run(DescribeJob(visit, 1))
        assert kit.visit(visit).sight is None
