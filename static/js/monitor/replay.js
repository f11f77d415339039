// Shows a journey event by event: a complete one pressed into the time there is, a growing one as it grows.
import { compressed, inOrder, isComplete } from "@articket/monitor/journey.js";

const STRETCH_MS = 450; // two events in one snapshot light two stretches, one after the other

const key = ({ kind, style, at }) => `${kind}/${style}/${at}`;

export class Replay {
  shown = [];
  replayed = false;
  #waiting = [];
  #known = new Set();
  #timer = 0;
  #start = 0;

  constructor(redraw) {
    this.redraw = redraw;
  }

  begin({ journey, easels, min_s }) {
    this.end();
    this.replayed = journey.length > 0 && isComplete(journey, easels);
    this.#start = Date.now();
    const events = this.replayed ? compressed(journey, min_s) : inOrder(journey);
    for (const event of events) this.#known.add(key(event));
    if (this.replayed) this.#waiting = events;
    else this.shown = events;
    this.#step();
  }

  /** Events that the page has not seen yet come after those it still has to show. */
  hear({ journey }) {
    for (const event of inOrder(journey)) {
      if (this.#known.has(key(event))) continue;
      this.#known.add(key(event));
      this.#waiting.push({ ...event, shown_at: null });
    }
    this.#step();
  }

  end() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.shown = [];
    this.#waiting = [];
    this.#known.clear();
  }

  #step() {
    if (this.#timer || this.#waiting.length === 0) return;
    const [{ shown_at }] = this.#waiting;
    const wait = shown_at === null ? STRETCH_MS : Math.max(0, this.#start + shown_at * 1000 - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.shown = [...this.shown, this.#waiting.shift()];
      this.redraw();
      this.#step();
    }, wait);
  }
}
