// The desk's page: live by snapshots, never by reload.
import { Live } from "@articket/lib/live.js";
import { embedded, painter, pressLights } from "@articket/lib/page.js";
import { speaker } from "@articket/lib/words.js";
import { Desk } from "@articket/staff/desk.js";
import { focusKeeper } from "@articket/staff/focus.js";
import { tongue } from "@articket/staff/tongues.js";

const TICK_MS = 10_000;

const place = document.getElementById("desk");
const first = embedded("snapshot");
const say = speaker(embedded("words", {}), first.locale);

const redraw = painter(place, () => desk.at({ live, say }).draw(), focusKeeper(place));
const locales = place.dataset.locales.split(" ");
const desk = new Desk({ said: document.getElementById("said"), locales, redraw });
const live = new Live({ role: "staff", first, onChange: redraw });

for (const link of document.querySelectorAll("[data-tongue]")) link.textContent = tongue(link.dataset.tongue);
pressLights();
redraw();
live.start();
setInterval(redraw, TICK_MS); // "3 minutes" goes on between two snapshots
