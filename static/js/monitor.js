// The booth's wall: it listens, draws, and never needs a hand.
import { Live } from "@articket/lib/live.js";
import { embedded, painter } from "@articket/lib/page.js";
import { speaker } from "@articket/lib/words.js";
import { fit, keepFitting } from "@articket/monitor/fit.js";
import { keepLetters } from "@articket/monitor/letters.js";
import { Scenes } from "@articket/monitor/scenes.js";

const TICK_MS = 1_000;

const place = document.getElementById("wall");
const words = embedded("words", {});
const speakers = new Map();

function speak(locale) {
  if (!speakers.has(locale)) speakers.set(locale, speaker(words, locale));
  return speakers.get(locale);
}

function moment() {
  const { snapshot, clock } = live;
  const others = snapshot.view.languages.filter((locale) => locale !== snapshot.locale);
  document.documentElement.lang = snapshot.locale;
  document.body.dataset.rev = snapshot.rev;
  return { live, snapshot, clock, say: speak(snapshot.locale), others: others.map(speak) };
}

const redraw = painter(place, () => scenes.draw(moment()), () => fit(place));
const scenes = new Scenes(redraw);
const live = new Live({ role: "monitor", first: embedded("snapshot"), onChange: redraw });

keepFitting(place);
redraw();
live.start();
keepLetters(moment());
setInterval(redraw, TICK_MS); // countdowns and explanations go on between two snapshots
