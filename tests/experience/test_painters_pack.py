import pickle
import re
from datetime import date
from itertools import product

import pytest

from articket.domain.experience import Experience
from articket.domain.texts import EYE_COLOURS

HANGUL = re.compile(r"[가-힣]")
GALLERY = {"pear", "boat", "town", "flowers", "cat", "lighthouse"}


def test_each_painter_has_a_size_for_both_families_of_models(painters: Experience) -> None:
    for style in painters.styles:
        sizes = {family: (sampling.width, sampling.height) for family, sampling in style.parameters.items()}
        assert sizes == {"sdxl": (832, 1216), "sd15": (512, 768)}
        assert all(sampling.checkpoint is None for sampling in style.parameters.values())
        assert [len(style.loras_for(family)) for family in ("sdxl", "sd15")] == [1, 1]


def test_a_style_may_change_what_is_shared_and_keeps_the_rest(painters: Experience) -> None:
    vangogh, picasso = painters.style("vangogh"), painters.style("picasso")
    assert vangogh.parameters["sdxl"].denoising_strength == 0.6
    assert picasso.parameters["sdxl"].denoising_strength == 0.66
    assert picasso.parameters["sdxl"].steps == vangogh.parameters["sdxl"].steps == 30
    assert "brushstrokes" in painters.style("lichtenstein").negative_prompt
    assert "brushstrokes" not in vangogh.negative_prompt


def test_the_caption_goes_into_the_prompt_and_the_subject_where_nothing_was_seen(
    painters: Experience,
) -> None:
    vangogh = painters.style("vangogh")
    assert ", a woman in an orange suit, thick impasto" in vangogh.prompt_for("a woman in an orange suit")
    assert ", a {brace, thick impasto" in vangogh.prompt_for("a {brace")
    for nothing in (None, ""):
        assert vangogh.subject in vangogh.prompt_for(nothing)
    assert "\n" not in vangogh.prompt_for(None)


def test_each_painter_hangs_beside_every_other_one_way(painters: Experience) -> None:
    ids = {style.id for style in painters.styles}
    for style in painters.styles:
        assert sorted(style.good + style.bad + style.neutral) == sorted(ids - {style.id})
        assert all(painters.style(other).good == (style.id,) for other in style.good)


def test_both_languages_say_everything_in_their_own_letters(painters: Experience) -> None:
    for locale, has_hangul in (("ko", True), ("en", False)):
        texts = painters.texts[locale]
        said = [texts.name, texts.invitation, texts.promise]
        said += [question.text for question in texts.questions.values()]
        said += [option for question in texts.questions.values() for option in question.options.values()]
        for style in texts.styles.values():
            said += [style.painter, style.after, style.medium, style.title, style.sentence, style.personality]
            said += [*style.strengths, *style.weaknesses, *style.matches.values()]
            said += [artwork.where for artwork in style.artworks]
        said += [kind.text for kind in texts.types.values()] + [
            label.title for label in texts.gallery.values()
        ]
        assert all(bool(HANGUL.search(text)) is has_hangul for text in said)


def test_long_texts_are_one_paragraph_with_curly_quotes(painters: Experience) -> None:
    for texts in painters.texts.values():
        for style in texts.styles.values():
            assert not set("\n\"'") & set(style.personality + "".join(style.strengths + style.weaknesses))
            assert "  " not in style.personality


def test_no_particle_follows_a_name(painters: Experience) -> None:
    texts = painters.texts["ko"]
    for pattern in [texts.kicker, *(style.title for style in texts.styles.values())]:
        assert re.search(r"\{name\}(?: 님|,|$)", pattern)


def test_every_painter_recommends_three_works(painters: Experience) -> None:
    for texts in painters.texts.values():
        assert [len(style.artworks) for style in texts.styles.values()] == [3, 3, 3, 3]
    korean, english = (painters.texts[locale].styles for locale in ("ko", "en"))
    for style in korean:
        assert [work.year for work in korean[style].artworks] == [
            work.year for work in english[style].artworks
        ]


def test_the_house_paintings_have_labels(painters: Experience) -> None:
    assert all(texts.gallery.keys() == GALLERY for texts in painters.texts.values())


def test_the_label_takes_name_and_year(painters: Experience) -> None:
    korean, english = (painters.texts[locale].styles["vangogh"] for locale in ("ko", "en"))
    assert korean.title_for("하린") == "하린, 별이 도는 오후에"
    assert korean.after_in(2026) == "빈센트 반 고흐를 따라서, 2026"
    assert english.title_for("{Harin}") == "{Harin}, Afternoon with Stars"
    assert painters.texts["ko"].kicker_for("하린") == "하린 님을 그린 사람은"
    assert [painters.texts[locale].room_for(3) for locale in ("ko", "en")] == ["3번 방", "Room 3"]


@pytest.mark.parametrize(
    ("faces", "colours", "korean", "english"),
    [
        (0, [], "얼굴이 보이지 않는 한 장면", "A scene with no face in view"),
        (1, ["orange", "blue"], "주황빛과 파란빛 사이의 한 사람", "One person amid orange and blue"),
        (2, ["grey"], "잿빛에 둘러싸인 두 사람", "Two people surrounded by grey"),
        (
            3,
            ["red", "pink", "green"],
            "붉은빛과 분홍빛 사이에 모인 여러 사람",
            "Several people amid red and pink",
        ),
        (40, ["mauve"], "한데 모인 여러 사람", "Several people together"),
        (-1, ["mauve", "black"], "검은빛으로 가득한 한 장면", "A scene full of black"),
    ],
)
def test_what_the_eye_sees_becomes_a_sentence(
    painters: Experience, faces: int, colours: list[str], korean: str, english: str
) -> None:
    assert painters.texts["ko"].caption.sentence(faces, colours) == korean
    assert painters.texts["en"].caption.sentence(faces, colours) == english


def test_every_pair_of_colours_fits_the_particles(painters: Experience) -> None:
    caption = painters.texts["ko"].caption
    for first, second in product(EYE_COLOURS, repeat=2):
        for word in (caption.colours[first], caption.colours[second]):
            assert (ord(word[-1]) - ord("가")) % 28, f"{word} does not end in a consonant"
        assert "{" not in caption.sentence(1, [first, second])


def test_the_tickets_words_come_finished(painters: Experience) -> None:
    day = date(2026, 11, 24)
    korean, english = (painters.texts[locale] for locale in ("ko", "en"))
    assert korean.ticket_words(49, day)["edition"] == "티켓 49번, 세상에 한 장"
    assert korean.ticket_words(49, day)["date"] == "2026년 11월 24일"
    assert english.ticket_words(49, day)["date"] == "24 November 2026"
    assert (korean.until_day(day), english.until_day(day)) == (
        "11월 24일까지 열려 있어요",
        "open until 24 November",
    )


def test_a_pack_travels_between_processes(painters: Experience) -> None:
    assert pickle.loads(pickle.dumps(painters)) == painters  # noqa: S301  (our own pickle)
