// The painters' page: live by snapshots, never by reload.
import { Live } from "@articket/lib/live.js";
import { embedded, painter, pressLights } from "@articket/lib/page.js";
import { speaker } from "@articket/lib/words.js";
import { Painters } from "@articket/fleet/painters.js";
import { focusKeeper } from "@articket/staff/focus.js";
import { nameDesk } from "@articket/staff/this_desk.js";
import { nameWays } from "@articket/staff/tongues.js";

const TICK_MS = 1_000;

const place = document.getElementById("fleet");
const first = embedded("snapshot");
const say = speaker(embedded("words", {}), first.locale);

const keep = focusKeeper(place, { row: "server", home: "[aria-expanded]", otherwise: "h1" });
const redraw = painter(place, () => painters.at({ live, say }).draw(), keep);
const painters = new Painters({ said: document.getElementById("said"), redraw });
const live = new Live({ role: "staff", first, onChange: redraw });

nameDesk();
nameWays();
pressLights();
redraw();
live.start();
setInterval(redraw, TICK_MS); // "in 20 s" counts down between two snapshots
