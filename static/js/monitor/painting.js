// Waiting is the show: photo, sentence, easels, ticket, printer, each moved by what really happened.
import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { repeat } from "lit-html/directives/repeat.js";
import { vars } from "@articket/lib/vars.js";
import { inOrder, reached } from "@articket/monitor/journey.js";
import { curtain } from "@articket/monitor/pictures.js";
import { Replay } from "@articket/monitor/replay.js";
import { thread } from "@articket/monitor/thread.js";

const TOLD = ["easels", "sentence", "ticket", "photo", "printer"];
const TELL_S = 7;

export class Painting {
  #began = 0;

  constructor(redraw) {
    this.replay = new Replay(redraw);
  }

  enter({ snapshot, clock }) {
    this.#began = clock.now();
    this.replay.begin(snapshot.view);
  }

  leave() {
    this.replay.end();
  }

  draw({ snapshot, say, clock }) {
    const { view } = snapshot;
    this.replay.hear(view);
    const at = reached(this.replay.shown);
    const told = TOLD[Math.floor((clock.now() - this.#began) / TELL_S) % TOLD.length];
    const station = (name, number, body) => html`
      <section class="station of-${name} ${told === name ? "told" : ""}"><h2><b>${number}</b><span>${say(`station_${name}`)}</span></h2>${body}</section>`;
    return html`<main class="scene painting">
      <h1 data-fit="76">${view.name ? say("painting_title", view) : say("painting_nameless")}</h1>
      ${thread(view.easels.map(({ style }) => style), at)}
      ${station("photo", 1, view.photo ? html`<img class="photo" src=${view.photo} alt=${say("photo_alt")} />` : curtain("photo", say("curtain_alt")))}
      ${station("sentence", 2, slip(view, at, say))}
      ${station("easels", 3, html`<ol class="easels ${view.easels.length > 4 ? "narrow" : ""}" ${vars({ "--easels": view.easels.length })}>${repeat(view.easels, ({ style }) => style, (easel) => standing(easel, at, view, say))}</ol>`)}
      ${station("ticket", 4, html`<div class="blank num ${at.ticket ? "made" : ""}">${view.number ?? nothing}</div>`)}
      ${station("printer", 5, html`<div class="slot ${at.stored || at.printed ? "lit" : ""}"></div><p class="note">${say(`ticket_${ticketWords(view, at)}`)}</p>`)}
      ${this.replay.replayed ? html`<p class="replayed lines num">${say("replayed", { s: Math.round(inOrder(view.journey).at(-1).at) })}</p>` : nothing}
      ${keyed(told, explained(told, view, say))}
    </main>`;
  }
}

function slip({ sentence, easels }, at, say) {
  if (sentence && (at.sentence || at.ticket)) return html`<p class="slip" data-fit="34">${sentence}</p>`;
  const passed = !sentence && (at.sentence || easels.every(({ style }) => at.easels[style]?.status === "done"));
  return html`<p class="slip unread" data-fit="34">${say(passed ? "no_sentence" : "reading")}</p>`;
}

function standing(easel, at, view, say) {
  const { status = "waiting", seconds = easel.seconds } = at.easels[easel.style] ?? {};
  return html`<li class="easel style-${easel.style}">
    <svg class="stand" viewBox="0 0 200 372" preserveAspectRatio="none" aria-hidden="true"><path d="M100 0V370M64 8L22 372M136 8L178 372M6 262H194" /></svg>
    <div class="canvas ${status}">${easel.veil ? html`<img class="veil" src=${easel.veil} alt="" />` : nothing}${view.photo ? html`<img class="sketch" src=${view.photo} alt="" />` : html`<div class="curtain"></div>`}</div>
    <dl>
      <dt data-fit="36">${easel.painter}</dt>
      <dd class="now">${say(`easel_${status}`)}</dd>
      <dd class="num">${status === "done" && seconds !== null ? say("easel_seconds", { s: seconds.toFixed(1) }) : nothing}</dd>
      <dd>${status === "waiting" ? nothing : easel.machine}</dd>
    </dl>
  </li>`;
}

/** The ticket's words follow the events shown, so that a replay never tells the end first. */
function ticketWords({ ticket }, at) {
  if (ticket.state === "trouble") return "trouble";
  if (at.printed) return "printed";
  if (at.stored) return ticket.state === "moment" ? "moment" : "ready";
  return at.ticket ? "making" : "waiting";
}

/** Some stations work otherwise when another machine does it; until the photo is read, the laptop's eye looks. */
const OTHERWISE = {
  easels: ({ easels }) => (easels.every(({ by }) => by === "laptop") ? "_laptop" : ""),
  sentence: ({ reader }) => ({ "caption-server": "", atelier: "_atelier" })[reader] ?? "_laptop",
};

function explained(told, view, say) {
  const by = OTHERWISE[told]?.(view) ?? "";
  return html`<section class="explain"><b data-fit="40">${say(`explain_${told}`)}</b><p data-fit="32">${
    say(`explain_${told}${by}_text`)}</p></section>`;
}
