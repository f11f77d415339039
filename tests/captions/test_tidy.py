"""What becomes of a machine's caption before a prompt or a person sees it."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articket.domain.captions import LONGEST, tidy

ALLOWED = set(string.ascii_lowercase + string.digits + " ,'-")
SCRAPS = [
    *(
        "a",
        "an",
        "man",
        "woman",
        "with",
        "and",
        "in",
        "two",
        "people",
        "hat",
        "smiling",
        "glasses",
        "old",
        "black",
    ),
    *(
        "arafed",
        "araffe",
        "a close up of",
        "a picture of",
        "there is",
        "the image shows",
        "[SEP]",
        "t - shirt",
    ),
    *(
        ",",
        ".",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<lora:x:1>",
        "|",
        ":1.2",
        "BREAK",
        "AND",
        "-",
        "'",
        "\\",
        "\n",
        "7",
    ),
    *("person ' s", "that says", "sh1t", "f u c k", "on flickr", "portrait", "next to", "in front of"),
    *("é", "ß", "안녕", "\u200b"),
]
PLAIN = [
    "a",
    "man",
    "woman",
    "with",
    "and",
    "in",
    "two",
    "hat",
    ",",
    "arafed",
    "a picture of",
    "(",
    "]",
    "t - shirt",
]
captions = (
    st.lists(st.sampled_from(SCRAPS), max_size=40).map(" ".join)
    | st.lists(st.sampled_from(PLAIN), max_size=60).map(" ".join)  # most of these are kept
    | st.text(max_size=300)
)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a man in a blue coat", "a man in a blue coat"),
        ("  A Man\tin a\n blue  coat. ", "a man in a blue coat"),
        ("arafed man in a suit and tie", "a man in a suit and tie"),
        ("araffe wearing a hat and glasses", "a person wearing a hat and glasses"),
        ("an araffed woman sitting at a table", "a woman sitting at a table"),
        ("a picture of a araffy man with glasses", "a man with glasses"),
        ("a close up of a person with glasses", "a person with glasses"),
        ("a close - up of a person with glasses", "a person with glasses"),
        ("arafed image of two boys on a bench", "two boys on a bench"),
        ("a black and white photo of two women", "two women"),
        ("there are three people standing outside", "three people standing outside"),
        ("The image shows a girl with long hair. She smiles.", "a girl with long hair"),
        ("[SEP] a boy with a cap </s>", "a boy with a cap"),
        ("a man in a t - shirt with a person ' s face", "a man in a t-shirt with a person's face"),
        ("a woman\u2019s hand with a ring", "a woman's hand with a ring"),
        ("a café with two people", "a cafe with two people"),
        ("a woman with a hat with a hat with a hat", "a woman with a hat"),
        ("a man with a beard and a man with a beard", "a man with a beard"),
        ("a a man in in a hat", "a man in a hat"),
        ("two women standing in front of a", "two women standing"),
        ("a girl with a bag next to", "a girl with a bag"),
        ("a man, a woman and a dog", "a man, a woman and a dog"),
        ("a woman in a white dress, Ivan Grohar, featured on flickr", "a woman in a white dress"),
        ("a woman in a dress, a character portrait, art deco", "a woman in a dress"),
        ("a man wearing a name tag that says John Smith", "a man wearing a name tag"),
        ("a woman that looks like somebody famous", None),
        ("a boy in a scarf in the style of an old master", "a boy in a scarf"),
    ],
)
def test_a_caption_is_cleaned(said: str, kept: str | None) -> None:
    assert tidy(said) == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a (man) in a [blue] {coat|hat}", "a man in a blue coat hat"),
        ("a man AND a dog BREAK in a park", "a man and a dog break in a park"),
        ("a man \\(painter\\) with a __hat__", "a man painter with a hat"),
        ("a man --neg in a --hat", "a man neg in a hat"),
    ],
)
def test_a_prompt_s_own_signs_are_taken_out(said: str, kept: str) -> None:
    assert tidy(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "<lora:painterly:1.2> a man in a coat",
        "a man in a coat <hypernet:x>",
        "a (man:1.4) in a coat",
        "a man in a coat: -2 trees",
        "<error>",
        "<html><body>a man in a coat</body></html>",
        "a man in a coat, see https://example.org",
        "a man in a coat from example.com",
        "a man in a coat www.x",
        "a man called john@example.org in a coat",
    ],
)
def test_what_is_code_or_an_address_is_no_caption(said: str) -> None:
    assert tidy(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "man",
        "a man",
        "a man with a man with a man with",
        "12345",
        "1 2 3 4 5 a man",
        "the the the the",
        "with in on of",
        "사진 속의 한 사람",
        "человек в пальто",
        "a mаn in a coat",  # noqa: RUF001 - the second letter is Cyrillic
        "un homme avec un chapeau",
        "lorem ipsum dolor sit amet in a coat",
        "a xkcd qwrt zzzx with bnm",
        "a maaaaaan in a coat",
        "a " + "m" * 21 + "an in a coat",
        "a man o n m in a coat",
        "error: model not loaded in memory",
        "sorry, i cannot describe a person",
        "🙂🙂🙂",
        "a man in a coat " * 100,
    ],
)
def test_nonsense_is_no_caption(said: str) -> None:
    assert tidy(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "a man with a fucking hat",
        "a bullshit sign in a park",
        "a naked man on a beach",
        "a woman in lingerie on a bed",
        "a man with a gun in a park",
        "a woman covered in blood",
        "a girl with a knife and a fork",
        "a man killing a bird",
        "a nazi in a coat",
        "a retarded man in a coat",
        "a fat man in a coat",
        "an overweight woman with glasses",
        "an ugly woman with glasses",
        "a bald man in a coat",
        "an elderly woman with a bag",
        "an old man with a beard",
        "an old bearded man with a hat",
        "a middle aged man with a hat",
        "an asian woman in a red coat",
        "a black man in a shirt",
        "two white women in a park",
        "a korean girl with a bag",
        "a man with dark skin and a hat",
        "a muslim woman in a park",
        "a jewish man with a hat",
        "a pregnant woman in a dress",
        "a monkey in a suit and tie",
        "a gay couple in a park",
        "a big woman in a dress",
        "a man with sh1t on a hat",
        "a man with f*ck on a hat",
        "a man f u c k in a park",
        "a man f-u-c-k in a park",
        "a man in a park, fuuuuck",
        "a man with FUCK on a hat",
        "a man with ｆｕｃｋ on a hat",  # noqa: RUF001 - full-width letters
        "a man with fu\u200bck on a hat",
        "a man in a coat. He looks like a pig",
        "a man in a coat that says shit happens",
    ],
)
def test_an_unkind_caption_is_dropped(said: str) -> None:
    assert tidy(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "a man from scunthorpe with a cocktail",
        "an assistant from essex with a grape",
        "a classic portrait hall with glasses and a bass",
        "a woman in a cape with a button and a striped top",
        "a man in a black shirt and white trousers",
        "a woman in a yellow dress with brown hair",
        "a brown haired girl with a backpack",
        "a man in an old coat in front of an old building",
        "a large group of people standing outside",
        "a skilled executive in a suit",
        "a girl with a peacock and a raccoon",
        "a woman with a violin and a title",
        "a couple in korean dresses on a bench",
        "a man with a heroine on a poster",
        "a woman with jewels in a rapeseed field",
        "a shiitake dish on a table with people",
        "a woman hanging a picture on a wall",
        "a boy in a bomber jacket",
        "a man at a photo shoot with a dog",
        "a titan statue with two people",
        "a woman in a double breasted coat",
    ],
)
def test_an_innocent_word_is_kept(said: str) -> None:
    assert tidy(said) == said


@given(captions)
@example("a man in a " + "very " * 100 + "long coat")
@example("a lady in a coat " + "b" * 110)
@example(", ".join(f"a hat on a box{'o' * n}" for n in range(15)))
def test_a_tidy_caption_holds_nothing_that_steers_a_prompt(said: str) -> None:
    kept = tidy(said)
    assert kept is None or (set(kept) <= ALLOWED and 0 < len(kept) <= LONGEST)


@given(captions)
@example("a man in a man in a a man in a")
@example("arafed arafed arafed man with arafed")
@example("a picture of there is a picture of a man with a hat")
@example("a t - s - u shirt ' s with ' s a man")
def test_tidying_again_changes_nothing(said: str) -> None:
    kept = tidy(said)
    assert kept is None or tidy(kept) == kept


@given(st.lists(st.sampled_from(["a", "man", "in", "coat", "red", "hat", "with"]), min_size=40, max_size=60))
def test_a_long_caption_ends_with_a_whole_word(words: list[str]) -> None:
    kept = tidy(" ".join(words))
    assert kept is None or kept.split()[-1] in {"man", "coat", "red", "hat"}
