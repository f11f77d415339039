"""What can be wrong with a pack: edits of the seasons, and what each has to bring."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """An edit of a copy of the seasons, and the one line of its message that it has to bring."""

    name: str
    file: str
    old: str
    new: str
    says: str
    at: str | None = None  # a text on the line that is named; the edited one unless told


STRUCTURE = "experience.toml"
BROKEN = [
    Broken("id", STRUCTURE, 'id = "seasons"', 'id = "Vier Zeiten"', "`Vier Zeiten` cannot be an id"),
    Broken("no id", STRUCTURE, 'id = "seasons"\n', "", "`id` is missing here", "# A small pack"),
    Broken(
        "locales",
        STRUCTURE,
        'default_locale = "en"',
        'default_locale = "fr"',
        "`fr` is not among the `locales`",
    ),
    Broken("language", STRUCTURE, '["en", "ko"]', '["en", "../ko"]', "`../ko` is not a language"),
    Broken("type", STRUCTURE, "steps = 20", 'steps = "20"', "`steps` has to be a whole number"),
    Broken("bool", STRUCTURE, "steps = 20", "steps = true", "`steps` has to be a whole number"),
    Broken("steps", STRUCTURE, "steps = 20", "steps = 0", "`steps` is 0; it has to lie between 1 and 150"),
    Broken("denoise", STRUCTURE, "strength = 0.5", "strength = 1.5", "`denoising_strength` is 1.5"),
    Broken(
        "width", STRUCTURE, "width = 832", "width = 830", "servers only paint multiples of 8, such as 832"
    ),
    Broken(
        "huge",
        STRUCTURE,
        "height = 1216",
        "height = 9999",
        "`height` is 9999; it has to lie between 64 and 2048",
    ),
    Broken(
        "shared key",
        STRUCTURE,
        "cfg_scale",
        "cfg_scal",
        "Nobody knows the key `cfg_scal`. Did you mean `cfg_scale`?",
    ),
    Broken("style key", STRUCTURE, 'prompt = "a spring', 'promt = "a spring', "Did you mean `prompt`?"),
    Broken("style id", STRUCTURE, "[style.winter]", '[style."Deep Winter"]', "`Deep Winter` cannot be an id"),
    Broken(
        "caption",
        STRUCTURE,
        "spring morning, {caption}",
        "spring morning",
        "`prompt` has to contain {caption}",
    ),
    Broken("places", STRUCTURE, "spring morning,", "{season} morning,", "`prompt` contains {season}"),
    Broken("brace", STRUCTURE, "spring morning,", "{spring morning,", "`prompt`"),
    Broken(
        "negative",
        STRUCTURE,
        'negative_prompt = "text, watermark"\n',
        "",
        "`negative_prompt` is missing",
        "[style.spring]",
    ),
    Broken("empty", STRUCTURE, 'recipe = "vangogh"', 'recipe = " "', "`recipe` is empty"),
    Broken("good", STRUCTURE, 'good = ["autumn"]', 'good = ["summer"]', "`good` names the style `summer`"),
    Broken(
        "self", STRUCTURE, 'good = ["autumn"]', 'good = ["spring"]', "The style `spring` cannot match itself"
    ),
    Broken("twice", STRUCTURE, 'bad = ["winter"]', 'bad = ["autumn"]', "`autumn` matches `spring` twice"),
    Broken("no bad", STRUCTURE, 'bad = ["winter"]\n', "", "`bad` is missing here", "[style.spring]"),
    Broken("no match", STRUCTURE, 'good = ["autumn"]', "good = []", "`good` is an empty list"),
    Broken("colour", STRUCTURE, "#3f7d4e", "green", "`one` has to be a colour like #1e4aa8", '"green"'),
    Broken("moulding", STRUCTURE, '"#cfe0c8", ', "", "`moulding` has to be 4 colours", '"#3f7d4e"'),
    Broken(
        "lora",
        STRUCTURE,
        "[style.winter.parameters.sd15]",
        '[[style.winter.lora]]\nname = "snow"\nweight = 9\nfamily = "sdxl"\n[style.winter.parameters.sd15]',
        "`weight` is 9; it has to lie between -2 and 2",
        "weight = 9",
    ),
    Broken(
        "family",
        STRUCTURE,
        "[style.winter.parameters.sd15]",
        '[[style.winter.lora]]\nname = "snow"\nweight = 1\nfamily = "flux"\n[style.winter.parameters.sd15]',
        "`flux` is no family of models. There are: sdxl, sd15",
        'family = "flux"',
    ),
    Broken(
        "no letter", STRUCTURE, '{ id = "run", letter = "S" }', '{ id = "run" }', "`letter` is missing here"
    ),
    Broken(
        "letter",
        STRUCTURE,
        '{ id = "run", letter = "S" }',
        '{ id = "run", letter = "X" }',
        "The letter `X` belongs to no axis",
    ),
    Broken(
        "same option",
        STRUCTURE,
        'id = "tea"',
        'id = "run"',
        "at least two options, each with its own id",
        "options = [",
    ),
    Broken(
        "same question",
        STRUCTURE,
        'id = "pocket"',
        'id = "morning"',
        "2 questions have the id `morning`",
        "[[quiz.question]]",
    ),
    Broken(
        "unused letter",
        STRUCTURE,
        'axes = [["W", "A", "S"]]',
        'axes = [["W", "A", "S", "Z"]]',
        "No option counts for the letter `Z`",
    ),
    Broken(
        "one letter",
        STRUCTURE,
        'axes = [["W", "A", "S"]]',
        'axes = [["W", "A", "S"], ["Q"]]',
        "at least two letters",
    ),
    Broken(
        "shared letter",
        STRUCTURE,
        'axes = [["W", "A", "S"]]',
        'axes = [["W", "A", "S"], ["W", "Q"]]',
        "The letter `W` stands 2 times",
    ),
    Broken(
        "long letter",
        STRUCTURE,
        'axes = [["W", "A", "S"]]',
        'axes = [["W", "A", "S", "Sun"]]',
        "`Sun` is not one letter",
    ),
    Broken("no axes", STRUCTURE, 'axes = [["W", "A", "S"]]', "axes = []", "`axes` is empty"),
    Broken(
        "types",
        STRUCTURE,
        'A = "autumn"\n',
        "",
        "These types lead nowhere: A. Give each a style",
        "[quiz.types]",
    ),
    Broken(
        "type",
        STRUCTURE,
        'A = "autumn"',
        'A = "summer"',
        "leads to the style `summer`, which this pack does not have",
    ),
    Broken(
        "odd type",
        STRUCTURE,
        'A = "autumn"',
        'A = "autumn"\nAX = "autumn"',
        "No answers can lead to the type `AX`",
        'AX = "autumn"',
    ),
    Broken(
        "unreached",
        STRUCTURE,
        'A = "autumn"',
        'A = "winter"',
        "No type leads to the style `autumn`",
        "[quiz.types]",
    ),
    Broken(
        "top key",
        STRUCTURE,
        'id = "seasons"',
        'id = "seasons"\nicon = "sun"',
        "Nobody knows the key `icon`",
        "icon",
    ),
    Broken("syntax", STRUCTURE, "axes = [[", "axes = [[[", "This is not TOML", "[quiz.types]"),
    Broken(
        "open end",
        STRUCTURE,
        '  { id = "frosted", letter = "W" },\n]\n',
        '  { id = "frosted", letter = "W" },\n',
        "This is not TOML",
        "",
    ),
    Broken(
        "text", "ko.toml", 'text = "그리고 창문은요?"\n', "", "`text` is missing here", "[question.window]"
    ),
    Broken(
        "question",
        "ko.toml",
        "[question.window]",
        "[question.windou]",
        "`window` is missing here",
        "[question.morning]",
    ),
    Broken("unknown question", "ko.toml", "[question.window]", "[question.windou]", "Did you mean `window`?"),
    Broken(
        "option",
        "ko.toml",
        ', frosted = "성에가 끼었어요"',
        "",
        "`frosted` is missing here",
        "options = { open",
    ),
    Broken(
        "long question",
        "ko.toml",
        "그리고 창문은요?",
        "그리고 " * 20,
        "`text` has 80 characters; there is room for 60",
    ),
    Broken(
        "long option",
        "ko.toml",
        "활짝 열려 있어요",
        "활짝 " * 13,
        "`open` has 39 characters; there is room for 36",
    ),
    Broken("long sentence", "ko.toml", "말은 적지만", "말은 적지만 " * 7, "there is room for 48"),
    Broken(
        "long english",
        "en.toml",
        "And the window?",
        "And then, " * 10,
        "`text` has 100 characters; there is room for 90",
    ),
    Broken(
        "style", "ko.toml", "[style.autumn]", "[style.summer]", "`autumn` is missing here", "[style.spring]"
    ),
    Broken("year", "ko.toml", "봄에, {year}", "봄에", "`after` has to contain {year}"),
    Broken("name", "ko.toml", "{name}, 움트는", "{nmae}, 움트는", "`title` has to contain {name}"),
    Broken(
        "match words",
        "ko.toml",
        'matches = { autumn = "당신이 시작한 것을 거둬 줘요.", ',
        "matches = { ",
        "`autumn` is missing here",
    ),
    Broken(
        "stray match",
        "ko.toml",
        "matches = { autumn = ",
        'matches = { summer = "…", autumn = ',
        "Nobody knows the key `summer`",
    ),
    Broken(
        "strengths",
        "ko.toml",
        'strengths = ["시작을 잘해요."]',
        'strengths = ["", 3]',
        "may only hold texts that are not empty",
    ),
    Broken("type text", "ko.toml", 'name = "거두는 사람"\n', "", "`name` is missing here", "[type.A]"),
    Broken("colour word", "ko.toml", 'grey = "안개빛"\n', "", "`grey` is missing here", "[caption.colours]"),
    Broken(
        "caption",
        "ko.toml",
        "{first} 속의 한 사람",
        "한 사람",
        "`one_colour` has to contain {first}",
        'one = { plain = "한 사람"',
    ),
    Broken(
        "gallery",
        "en.toml",
        "[ticket]",
        '[gallery.owl]\ntitle = "Owl"\nmedium = "one owl"\n[ticket]',
        "`gallery` is missing here",
        "ko:1",
    ),
    Broken("ticket word", "ko.toml", 'shout = "후!"\n', "", "`shout` is missing here", "[ticket.words]"),
    Broken(
        "own ticket word",
        "en.toml",
        'shout = "BRR!"',
        'shout = "BRR!"\nhush = "Hush."',
        "`hush` is missing here",
        "ko:[ticket.words]",
    ),
    Broken(
        "ticket place", "ko.toml", "{month}월 {day}일까지", "{moon}월 {day}일까지", "`until` contains {moon}"
    ),
    Broken("months", "ko.toml", ', "12월"]', "]", "`months` names 11 months; a year has 12", "months = ["),
    Broken("text syntax", "ko.toml", 'room = "{number}번째 걸음"', "room = 걸음", "This is not TOML"),
]
