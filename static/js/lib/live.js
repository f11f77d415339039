// Keeps one snapshot true: by the socket, and by asking every few seconds where no socket can be had.
import { Clock } from "@articket/lib/clock.js";
import { Refusal, ask } from "@articket/lib/http.js";
import { Link } from "@articket/lib/link.js";
import { Outbox } from "@articket/lib/outbox.js";

const POLL_MS = 3_000;
const TRIES_BEFORE_POLLING = 2;
const LOST_AFTER_MS = 3_000;

/**
 * `onChange()` is called whenever something to draw has changed: `snapshot`, `lost` (no connection for over three
 * seconds), `superseded` (a newer page of the same visit took over), `gone` (the server knows this visit no more).
 */
export class Live {
  clock = new Clock();
  lost = false;
  superseded = false;
  gone = false;
  #poll = 0;
  #pollingWorks = false;
  #patience = 0;

  constructor({ role, first, token = null, onChange }) {
    Object.assign(this, { role, onChange, snapshot: first });
    if (first) this.clock.sync(first.server_now);
    this.link = new Link({
      role,
      token,
      pollingWorks: () => this.#pollingWorks,
      on: {
        up: () => this.#up(),
        down: (failures) => this.#down(failures),
        event: (name, payload) => this.#heard(name, payload),
      },
    });
    this.outbox = new Outbox({ role, link: this.link });
  }

  start() {
    this.link.open();
    const wake = () => this.wake();
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
    window.addEventListener("pageshow", (event) => event.persisted && wake());
    window.addEventListener("online", wake);
  }

  wake() {
    if (this.superseded) return;
    this.link.wake();
    this.outbox.nudge();
    if (!this.link.connected) this.#ask();
  }

  /** Sends a command and resolves with its ack. */
  async send(type, fields = {}) {
    const ack = await this.outbox.send(type, fields);
    if (ack.plain || !ack.ok) this.#ask(); // no socket brings what changed, or what we show is stale
    return ack;
  }

  /** "Here again": this page wants its place back from the newer one. */
  takeOver() {
    this.superseded = false;
    this.link.open();
    this.onChange();
  }

  #accept(snapshot) {
    if (!snapshot?.stage || snapshot.rev < (this.snapshot?.rev ?? 0)) return;
    this.clock.sync(snapshot.server_now);
    this.snapshot = snapshot;
    this.onChange();
  }

  #heard(name, payload) {
    if (name === "snapshot") this.#accept(payload);
    if (name === "place") this.#place(payload);
    if (name === "superseded") {
      this.superseded = true;
      clearInterval(this.#poll);
      this.#poll = 0;
      this.link.close();
      this.onChange();
    }
  }

  #place({ rev, ahead, minutes }) {
    const { snapshot } = this;
    if (!snapshot.view.place || rev < snapshot.rev) return;
    this.snapshot = { ...snapshot, view: { ...snapshot.view, place: { ahead, minutes } } };
    this.onChange();
  }

  async #up() {
    clearInterval(this.#poll);
    this.#poll = 0;
    this.#pollingWorks = false;
    this.#found();
    this.outbox.nudge();
    const hello = { role: this.role, last_rev: this.snapshot?.rev ?? 0 };
    const snapshot = await this.link.request("hello", hello).catch(() => null);
    if (snapshot) this.#accept(snapshot);
  }

  #down(failures) {
    if (!this.#pollingWorks) this.#missed();
    if (failures < TRIES_BEFORE_POLLING || this.#poll) return;
    this.#poll = setInterval(() => this.#ask(), POLL_MS);
    this.#ask();
  }

  async #ask() {
    try {
      const snapshot = await ask(`/api/v1/snapshot?role=${this.role}`);
      this.#pollingWorks = !this.link.connected;
      this.#found();
      this.#accept(snapshot);
    } catch (reason) {
      if (reason instanceof Refusal && reason.code === "visit-gone") {
        this.gone = true;
        this.onChange();
      } else {
        this.#pollingWorks = false;
        if (!this.link.connected) this.#missed();
      }
    }
  }

  #missed() {
    this.#patience ||= setTimeout(() => {
      this.lost = true;
      this.onChange();
    }, LOST_AFTER_MS);
  }

  #found() {
    clearTimeout(this.#patience);
    this.#patience = 0;
    if (!this.lost) return;
    this.lost = false;
    this.onChange();
  }
}
