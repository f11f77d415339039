// The desk's page: live by snapshots, never by reload.
import { Live } from "@articket/lib/live.js";
import { embedded, painter, pressLights } from "@articket/lib/page.js";
import { speaker } from "@articket/lib/words.js";
import { Desk } from "@articket/staff/desk.js";
import { focusKeeper } from "@articket/staff/focus.js";
import { nameDesk } from "@articket/staff/this_desk.js";
import { nameWays } from "@articket/staff/tongues.js";

const TICK_MS = 10_000;
const STIR_MS = 30_000; // a claim outlives three that are missed

const place = document.getElementById("desk");
const first = embedded("snapshot");
const say = speaker(embedded("words", {}), first.locale);

const keepFocus = focusKeeper(place);
let wasInRows = false;
const redraw = painter(
  place,
  () => {
    wasInRows = desk.keys.inRows();
    return desk.at({ live, say }).draw();
  },
  () => {
    keepFocus();
    desk.keys.keep(wasInRows);
  },
);
const locales = place.dataset.locales.split(" ");
const desk = new Desk({ said: document.getElementById("said"), locales, redraw, place });
let heard = null;
const live = new Live({
  role: "staff",
  first,
  onChange: () => {
    if (live.snapshot !== heard) desk.heard((heard = live.snapshot).view);
    redraw();
  },
});
desk.heard((heard = first).view);

nameDesk();
nameWays();
pressLights();
redraw();
live.start();
desk.at({ live, say }).stir();
setInterval(() => desk.stir(), STIR_MS);
setInterval(redraw, TICK_MS); // "3 minutes" goes on between two snapshots
