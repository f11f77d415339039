// The reveal: two seconds of dark, the frame, the light, the sentence, then the two matches.
import { html, nothing } from "lit-html";
import { bySentence, curtain, label, ready } from "@articket/monitor/pictures.js";

const STEPS = [
  ["frame", 2_000],
  ["light", 400],
  ["sentence", 1_500], // 900 of light, and 600 to look
  ["good", 300],
  ["bad", 300],
];
const PATIENCE_MS = 4_000; // a painting that does not arrive keeps nobody in the dark

const after = (ms) => new Promise((done) => setTimeout(done, ms));

export class Reveal {
  reached = [];
  #run = 0;

  constructor(redraw) {
    this.redraw = redraw;
  }

  /** Plays the time line; a monitor that was restarted in the middle of it, or wants no motion, shows the end. */
  enter({ snapshot, restarted }) {
    const run = (this.#run += 1);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.reached = restarted || calm ? STEPS.map(([name]) => name) : [];
    if (this.reached.length === 0) this.#play(run, snapshot.view.large);
    this.#light();
  }

  leave() {
    this.#run += 1;
    document.body.classList.remove("lit");
  }

  async #play(run, url) {
    const arrived = url ? Promise.race([ready(url), after(PATIENCE_MS)]) : null;
    for (const [name, wait] of STEPS) {
      await after(wait);
      if (name === "light") await arrived;
      if (run !== this.#run) return;
      this.reached = [...this.reached, name];
      this.#light();
      this.redraw();
    }
  }

  #light() {
    document.body.classList.toggle("lit", this.reached.includes("light"));
  }

  draw({ snapshot, say }) {
    const { view } = snapshot;
    const has = this.reached.map((name) => `has-${name}`).join(" ");
    return html`<main class="scene reveal style-${view.style} ${has}">
      <figure class="hung">${view.large ? html`<img src=${view.large} alt=${say("reveal_picture", view)} />` : curtain("", say("curtain_alt"))}<div class="unlit"></div></figure>
      <section class="side" aria-hidden=${!this.reached.includes("sentence")}>
        <p class="kicker" data-fit="46">${view.kicker ?? say("reveal_nameless")}</p>
        <h1 data-fit="104">${view.painter}</h1>
        <p class="says lines" data-fit="58">${bySentence(view.sentence)}</p>
        ${label(view.large ? view : { ...view, medium: say("curtain_medium") })}
        <div class="mates">${mate("good", view.good)}${mate("bad", view.bad)}</div>
        <p class="desk">${view.number === null ? say("desk_without") : html`<b class="num">${say("desk_number", { n: view.number })}</b><span>${say(view.moment ? "desk_moment" : "desk_text")}</span>`}</p>
      </section>
    </main>`;
  }
}

const mate = (which, beside) => (beside ? hungBeside(which, beside) : nothing);

const hungBeside = (which, { style, painter, words, small }) => html`
  <div class="mate ${which} style-${style}">${small ? html`<img src=${small} alt="" />` : html`<div class="curtain"></div>`}<p>${words}<b data-fit="36">${painter}</b></p></div>`;
