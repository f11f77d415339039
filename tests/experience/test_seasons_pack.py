from articket.domain.experience import Experience
from articket.domain.quiz import verdict


def test_a_pack_with_no_painter_in_it_is_an_experience_too(seasons: Experience) -> None:
    assert [style.id for style in seasons.styles] == ["spring", "autumn", "winter"]
    assert {style.recipe for style in seasons.styles} == {"plain", "vangogh"}
    assert [len(question.options) for question in seasons.quiz.questions] == [3, 3, 3]
    assert seasons.default_locale == "en"


def test_its_verdict_has_words_in_every_language(seasons: Experience) -> None:
    found = verdict(seasons.quiz, ("run", "seed", "frosted"))
    assert found.style == "spring"
    for texts in seasons.texts.values():
        assert texts.types[found.type].text
        assert texts.styles[found.style].sentence
        assert texts.styles[found.style].artworks == ()
        assert texts.gallery == {}


def test_a_style_may_name_a_checkpoint_of_its_own(seasons: Experience) -> None:
    assert seasons.style("winter").parameters["sd15"].checkpoint == "snow.safetensors"
    assert seasons.style("winter").parameters["sdxl"].checkpoint is None
    assert seasons.style("winter").loras == ()
