// A walk through rooms: a number, one question, doors. A chosen door lights before the next room appears.
import { html } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { vars } from "@articket/lib/vars.js";
import { beside } from "@articket/monitor/join.js";
import { bySentence } from "@articket/monitor/pictures.js";

const LIT_MS = 700;

const choice = (question) => question.options.find((option) => option.chosen)?.id ?? null;

export class Quiz {
  #shown = null;
  #next = null;
  #timer = 0;

  constructor(redraw) {
    this.redraw = redraw;
  }

  enter() {
    clearTimeout(this.#timer);
    this.#shown = this.#next = null;
  }

  draw({ snapshot, say, clock }) {
    const { view } = snapshot;
    this.#walk(view);
    const question = this.#shown;
    const warned = view.warn_at !== null && clock.now() >= view.warn_at && !this.#next;
    const doors = question.options.length;
    return html`<main class="scene quiz ${doors > 2 ? "many" : ""} doors-${doors}">
      ${this.#room(question, say)}
      ${beside(view, say)}
      ${keyed(question.index, html`<div class="ask walk"><h1 data-fit="88">${bySentence(question.text)}</h1></div>`)}
      ${this.#plan(question, say)}
      <div class="floor"></div>
      ${keyed(question.index, html`<ol class="doors walk" ${vars({ "--doors": doors })}>${question.options.map((option) => html`
        <li class="door ${option.chosen ? "chosen" : ""}"><i>${option.letter}</i><span data-fit="54">${option.text}</span></li>`)}</ol>`)}
      <p class="who ${warned ? "warned" : ""}" role="status">${this.#status(view, warned, say)}</p>
    </main>`;
  }

  /** The door a visitor went through stays lit for a moment; `view.entered` names it when the room has changed. */
  #walk({ question, entered = null }) {
    const shown = this.#shown;
    const through = entered && shown && entered.index === shown.index && question.index !== shown.index;
    if (through && choice(shown) !== entered.option) {
      const options = shown.options.map((option) => ({ ...option, chosen: option.id === entered.option }));
      this.#shown = { ...shown, options };
    }
    if (!shown || question.index === shown.index || !choice(this.#shown)) this.#arrive(question);
    else this.#later(question);
  }

  #later(question) {
    const first = !this.#next;
    this.#next = question;
    if (!first) return;
    this.#timer = setTimeout(() => {
      this.#arrive(this.#next);
      this.redraw();
    }, LIT_MS);
  }

  #arrive(question) {
    clearTimeout(this.#timer);
    this.#shown = question;
    this.#next = null;
  }

  #status(view, warned, say) {
    if (warned) return say("warned");
    return view.name ? say("walking", view) : say("walking_nameless");
  }

  #room({ index }, say) {
    const number = html`<b>${index + 1}</b>`;
    const word = html`<span>${say("room")}</span>`;
    return html`<p class="room num">${say("room_first") === "word" ? [word, number] : [number, word]}</p>`;
  }

  #plan({ index, count }, say) {
    const rooms = Array.from({ length: count }, (_, room) => room);
    const mood = (room) => (room < index ? "been" : room === index ? "here" : "");
    return html`<div class="plan num" role="img" aria-label=${say("plan", { n: index + 1, count })} ${vars({ "--rooms": count })}>${
      rooms.map((room) => html`<span class=${mood(room)}>${room + 1}</span>`)}</div>`;
  }
}
