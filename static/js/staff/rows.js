// One visit a row, and what staff may do with it.
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { button } from "@articket/staff/button.js";
import { tongue } from "@articket/staff/tongues.js";
import { waited } from "@articket/staff/times.js";

const REASONS = ["paper", "colour", "lost"];

export function rows(desk) {
  const { view, say } = desk;
  return html`<section aria-labelledby="visits"><h2 id="visits">${say("visits")}<small>${say("visits_order")}</small></h2>
    ${view.visits.length ? nothing : html`<p class="rows-none">${say("visits_none")}</p>`}
    <ol class="rows">${repeat(view.visits, ({ id }) => id, (visit) => row(visit, desk))}</ol>
  </section>`;
}

function row(visit, desk) {
  const { say } = desk;
  const state = stuck(visit) ? "stuck" : visit.ticket === "printed" ? "done" : "";
  const name = visit.name ?? say("nameless");
  const painter = desk.painter(visit.style);
  return html`<li class="${state} ${visit.style ? `style-${visit.style}` : ""}" data-visit=${visit.id}>
    <div class="line">
      ${visit.thumb ? html`<img class="face" src=${visit.thumb} alt="" loading="lazy" />` : html`<span class="face"></span>`}
      <span class="n num ${visit.number === null ? "none" : ""}">${visit.number ?? "–"}</span>
      <span class="name">${name}<small class=${painter ? "painter" : ""}>${painter ?? beneath(visit, say)}</small></span>
      <span class="where"><b>${where(visit, say)}</b>${detail(visit, desk)}</span>
      <span class="acts">${acts(visit, desk)}</span>
    </div>
    ${desk.open.has(visit.id) ? drawer(visit, desk) : nothing}
  </li>`;
}

function beneath({ assisted, locale, place, next }, say) {
  const stands = next ? say("place_next") : place ? say("place", { n: place }) : null;
  return [stands, assisted ? say("assisted") : tongue(locale, say.locale)].filter(Boolean).join(", ");
}

const FINISHED = new Set(["ready", "printed"]);

/** Whether nothing goes on unless staff ask for it; a ticket that is there is no trouble, though it may be made again. */
const stuck = ({ ticket, easels, can_remake: again }) =>
  ticket === "trouble" || (!FINISHED.has(ticket) && (again === true || easels.includes("failed")));

function where({ ticket, easels, stage, stage_text_key: key }, say) {
  if (ticket !== "trouble" && !FINISHED.has(ticket) && easels.includes("failed")) return say("painting_failed");
  if (ticket !== "none") return say(`ticket_${ticket}`);
  return say(say.has(key) ? key : `stage_${stage}`);
}

function detail({ ticket, easels, since, reprints, stage }, { say, now }) {
  const waiting = ticket === "none" && easels.length > 0 && !["result", "deleted", "gone"].includes(stage);
  if (waiting) {
    const done = easels.filter((status) => status === "done").length;
    return html`<span class="bits" role="img" aria-label=${say("easels", { n: done, count: easels.length })}>${easels.map((status) => html`<i class=${status}></i>`)}</span>`;
  }
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
  if (visit.ticket === "ready") {
    return html`<a class="act" href=${visit.pdf} target="_blank" rel="noopener">${say("open_ticket")}</a>${
      button(desk, { type: "mark_printed", fields, text: say("printed") })}${more(html`<span class="dots" aria-hidden="true"></span>`)}`;
  }
  if (visit.ticket === "printed") return more(word);
  if (visit.controls || visit.stage === "called") return html`${here}${button(desk, { type: "skip", fields, text: say("skip") })}`;
  if (visit.in_line) return html`${here}${button(desk, { type: "call", fields, text: say("call") })}`;
  return here;
}

function drawer(visit, desk) {
  const { say } = desk;
  const fields = { visit: visit.id };
  const again = html`<a class="act" href=${visit.pdf} target="_blank" rel="noopener">${say("open_ticket")}</a>
    <p>${say("reprint_why")}</p>
    ${REASONS.map((reason) => button(desk, { type: "reprint", fields: { ...fields, reason }, text: say(`reason_${reason}`) }))}`;
  return html`<div class="drawer">${visit.ticket === "printed" ? again : nothing}
    ${visit.resume ? html`<a class="act plain" href=${visit.resume}>${say("resume")}</a>` : nothing}
    <button type="button" class="quiet" @click=${() => desk.command(`hide/${visit.id}`, "hide", fields)}>${say("hide")}</button>
  </div>`;
}
