// Fonts come in slices when a letter is first drawn: while the server is away none comes any more.
const AWAY = ["away_title", "away_text", "away_label", "away_label_text"];
const FACES = ["400 1em", "700 1em"];

/** Fetches every letter that the wall needs to say that the server is away, in all its languages. */
export function keepLetters({ say, others }) {
  const style = getComputedStyle(document.documentElement);
  const families = ["--says", "--does"].map((name) => style.getPropertyValue(name)).filter(Boolean);
  const text = [say, ...others].flatMap((each) => AWAY.map((key) => each(key))).join("");
  for (const family of families) for (const face of FACES) document.fonts.load(`${face} ${family}`, text);
}
