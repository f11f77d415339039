// The phone: one snapshot in, one screen out.
import { Live } from "@articket/lib/live.js";
import { embedded, painter, pressLights, visitToken } from "@articket/lib/page.js";
import { speaker } from "@articket/lib/words.js";
import { Hand } from "@articket/phone/hand.js";
import { screenOf } from "@articket/phone/screens.js";
import { Usher } from "@articket/phone/usher.js";

const first = embedded("snapshot");
const say = speaker(embedded("words"), first.locale);
const usher = new Usher(document, say);

const redraw = painter(
  document.getElementById("phone"),
  () => screenOf(hand),
  () => usher.follow(hand),
);
const keep = first.keep === true; // the ticket's own page: it has its own cookie, and leaves a visit under way alone
const token = keep ? null : visitToken(first.view.visit?.id);
const live = new Live({ role: "phone", first, token, keep, onChange: redraw });
const hand = new Hand({ live, say, redraw, others: first.others ?? [] });

pressLights();
live.start();
redraw();
