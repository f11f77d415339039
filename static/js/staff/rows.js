// One visit a row, and what staff may do with it.
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { button } from "@articket/staff/button.js";
import { keyTable, keysButton } from "@articket/staff/keys.js";
import * as moderation from "@articket/staff/moderation.js";
import { piles, stuck } from "@articket/staff/piles.js";
import * as printing from "@articket/staff/printing.js";
import { field, verdict } from "@articket/staff/search.js";
import { bell } from "@articket/staff/sound.js";
import { tongue } from "@articket/staff/tongues.js";
import { waited } from "@articket/staff/times.js";

export function rows(desk) {
  const { view, say, search } = desk;
  const looking = search.query.trim() !== "";
  const shown = looking ? search.of(desk) : desk.piles.of(desk);
  return html`<section class="queue" aria-labelledby="visits"><h2 class="aloud" id="visits">${say("visits")}</h2>
    <div class="tools"><div class="find">${field(desk)}${bell(desk)}${keysButton(desk)}</div>${keyTable(desk)}${piles(desk)}</div>
    <p class="verdict" role="status">${looking ? verdict(desk, shown) : nothing}</p>
    ${looking || shown.length ? nothing : html`<p class="rows-none">${say(view.visits.length ? "pile_empty" : "visits_none")}</p>`}
    <ol class="rows">${repeat(shown, ({ id }) => id, (visit) => row(visit, desk))}</ol>
    ${looking ? nothing : beyond(desk, shown.length)}
  </section>`;
}

/** A day has more visits than a list can hold: the others are found by their number. */
function beyond(desk, listed) {
  const { piles: own, say } = desk;
  const more = own.chosen === "all" ? 0 : own.count(own.chosen, desk) - listed;
  return more > 0 ? html`<p class="beyond">${say("pile_more", { n: more })}</p>` : nothing;
}

function row(visit, desk) {
  const { say } = desk;
  const state = stuck(visit) || visit.print?.state === "failed" ? "stuck" : visit.ticket === "printed" ? "done" : "";
  const name = visit.name ?? say("nameless");
  const painter = desk.painter(visit.style);
  return html`<li class="${state} ${visit.style ? `style-${visit.style}` : ""}" data-visit=${visit.id} tabindex="-1">
    <div class="line">
      ${moderation.face(visit, desk)}
      <span class="n num ${visit.number === null ? "none" : ""}">${visit.number ?? "–"}</span>
      <span class="name">${name}<small class=${painter ? "painter" : ""}>${painter ?? beneath(visit, say)}</small></span>
      <span class="where"><b>${where(visit, desk)}</b>${detail(visit, desk)}</span>
      <span class="acts">${acts(visit, desk)}</span>
    </div>
    ${moderation.looks(visit, desk)}
    ${desk.open.has(visit.id) ? drawer(visit, desk) : nothing}
  </li>`;
}

function beneath({ assisted, locale, place, next }, say) {
  const stands = next ? say("place_next") : place ? say("place", { n: place }) : null;
  return [stands, assisted ? say("assisted") : tongue(locale, say.locale)].filter(Boolean).join(", ");
}

const FINISHED = new Set(["ready", "printed"]);

function where(visit, desk) {
  const { ticket, easels, stage } = visit;
  const { say } = desk;
  if (ticket === "ready") return printing.where(visit, desk);
  if (ticket !== "trouble" && !FINISHED.has(ticket) && easels.includes("failed")) return say("painting_failed");
  if (ticket !== "none") return say(`ticket_${ticket}`);
  return say(`stage_${stage}`);
}

function detail(visit, desk) {
  const { ticket, easels, since, reprints, stage } = visit;
  const { say, now } = desk;
  const waiting = ticket === "none" && easels.length > 0 && !["result", "deleted", "gone"].includes(stage);
  if (waiting) {
    const done = easels.filter((status) => status === "done").length;
    return html`<span class="bits" role="img" aria-label=${say("easels", { n: done, count: easels.length })}>${easels.map((status) => html`<i class=${status}></i>`)}</span>`;
  }
  if (ticket === "ready") return html`<span class="num">${printing.detail(visit, desk)}</span>`;
  return html`<span class="num">${reprints ? say("reprints", { n: reprints }) : waited(since, now, say)}</span>`;
}

function acts(visit, desk) {
  const { say } = desk;
  const fields = { visit: visit.id };
  const isOpen = desk.open.has(visit.id);
  const word = say(isOpen ? "less" : "more");
  const more = (sign) => html`<button type="button" class="act plain" aria-label=${word} aria-expanded=${isOpen ? "true" : "false"} @click=${() =>
    desk.toggle(visit.id)}>${sign}</button>`;
  const here = visit.resume ? html`<a class="act plain" href=${visit.resume}>${say("resume")}</a>` : nothing;
  if (stuck(visit)) return html`${button(desk, { type: "remake", fields, text: say("remake"), mood: "" })}${here}`;
  if (visit.ticket === "ready") return printing.acts(visit, desk, more);
  if (visit.ticket === "printed") return more(word);
  if (visit.controls || visit.stage === "called") return html`${here}${button(desk, { type: "skip", fields, text: say("skip") })}`;
  if (visit.in_line) return html`${here}${button(desk, { type: "call", fields, text: say("call") })}`;
  return here;
}

function drawer(visit, desk) {
  const { say } = desk;
  return html`<div class="drawer">${printing.drawer(visit, desk)}
    ${visit.resume ? html`<a class="act plain" href=${visit.resume}>${say("resume")}</a>` : nothing}
  </div>`;
}
