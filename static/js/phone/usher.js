// Walks beside the visitor: title, focus and a call that is heard.
import { stayAwake } from "@articket/phone/awake.js";
import { callOut } from "@articket/phone/bell.js";
import { ticks } from "@articket/phone/turn.js";

export class Usher {
  #screen = null;
  #stage = null;
  #timer = 0;

  constructor(page, say) {
    Object.assign(this, { page, say });
  }

  /** After each drawing: a new screen is read from its heading, a call rings once. */
  follow(hand) {
    const body = this.page.querySelector("[data-screen]");
    const screen = body?.dataset.screen ?? null;
    this.page.title = this.say(hand.stage === "called" ? "title_called" : "title");
    if (hand.stage === "called" && this.#stage !== "called") callOut();
    this.#stage = hand.stage;
    this.#keepTime(hand);
    stayAwake(hand.stage);
    if (screen === this.#screen) return;
    const first = this.#screen === null;
    this.#screen = screen;
    if (first) return;
    this.page.defaultView.scrollTo(0, 0);
    body.querySelector("h1")?.focus({ preventScroll: true });
  }

  /** Only a deadline needs a clock; nothing else moves by itself. */
  #keepTime(hand) {
    const due = hand.stage === "called" || ticks(hand) || (hand.stage === "quiz" && hand.snapshot.view.warn_at !== null);
    if (due && !this.#timer) this.#timer = setInterval(hand.redraw, 1_000);
    if (due || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = 0;
  }
}
