// Keeps one snapshot true: by the socket, and by asking every few seconds where no socket can be had.
import { Clock } from "@articket/lib/clock.js";
import { Refusal, ask } from "@articket/lib/http.js";
import { Link } from "@articket/lib/link.js";
import { Outbox } from "@articket/lib/outbox.js";
import { Patience, onWaking } from "@articket/lib/patience.js";

const POLL_MS = 3_000;
const HELLO_MS = 12_000; // a snapshot on a slow line, beside the page's own pictures
const TRIES_BEFORE_POLLING = 2;
const NOT_FOR_US = new Set([401, 403, 404, 410]);

/**
 * `onChange()` is called whenever something to draw has changed: `snapshot`, `lost` (no connection for over three
 * seconds), `superseded` (a newer page of the same visit took over), `gone` (the server has nothing for this page).
 */
export class Live {
  clock = new Clock();
  superseded = false;
  gone = false;
  #poll = 0;
  #pollingWorks = false;
  #turn = 0;
  #patience = new Patience(() => this.onChange());

  constructor({ role, first, token = null, keep = false, onChange }) {
    Object.assign(this, { role, keep, onChange, snapshot: first });
    if (first) this.clock.sync(first.server_now);
    this.link = new Link({
      role,
      token,
      keep,
      pollingWorks: () => this.#pollingWorks,
      on: {
        up: () => this.#up(),
        down: (failures) => this.#down(failures),
        event: (name, payload) => this.#heard(name, payload),
      },
    });
    this.outbox = new Outbox({ role, keep, link: this.link, onChange: () => this.onChange() });
  }

  start() {
    this.link.open();
    onWaking(() => this.wake());
  }

  get lost() {
    return this.#patience.lost || this.outbox.lost;
  }

  wake() {
    if (this.superseded) return;
    if (this.gone && this.role === "phone") {
      this.#ask();
      return;
    }
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
    if (!snapshot?.stage || (this.#isOurs(snapshot) && snapshot.rev < (this.snapshot?.rev ?? 0))) return;
    this.clock.sync(snapshot.server_now);
    this.snapshot = snapshot;
    if (this.gone) this.link.open();
    this.gone = false;
    this.onChange();
  }

  /** Revisions count within one installation: a booth set up anew begins again at 1. */
  #isOurs({ house }) {
    return !this.snapshot || house === this.snapshot.house;
  }

  #heard(name, payload) {
    if (name === "snapshot") this.#accept(payload);
    if (name === "place") this.#place(payload);
    if (name === "superseded") {
      this.superseded = true;
      this.#rest();
    }
  }

  /** Nothing more will come: no retries, no polling. */
  #rest() {
    clearInterval(this.#poll);
    this.#poll = 0;
    this.link.close();
    this.#patience.found();
    this.onChange();
  }

  #place({ rev, ahead, minutes, house = this.snapshot.house }) {
    const { snapshot } = this;
    if (!snapshot.view.place || house !== snapshot.house || rev < snapshot.rev) return;
    this.snapshot = { ...snapshot, view: { ...snapshot.view, place: { ahead, minutes } } };
    this.onChange();
  }

  #up() {
    clearInterval(this.#poll);
    this.#poll = 0;
    this.#pollingWorks = false;
    this.#patience.found();
    this.outbox.nudge();
    this.#greet();
  }

  /** Asks for the whole picture until it is here: what changed before this socket came up is told by nobody else. */
  async #greet() {
    const turn = (this.#turn += 1);
    while (this.link.connected && turn === this.#turn) {
      const hello = { role: this.role, last_rev: this.snapshot?.rev ?? 0 };
      const snapshot = await this.link.request("hello", hello, HELLO_MS).catch(() => undefined);
      if (snapshot === undefined) continue; // on its way for too long
      this.#accept(snapshot);
      return;
    }
  }

  #down(failures) {
    if (!this.#pollingWorks) this.#patience.missed();
    if (failures < TRIES_BEFORE_POLLING || this.#poll) return;
    this.#poll = setInterval(() => this.#ask(), POLL_MS);
    this.#ask();
  }

  async #ask() {
    try {
      const snapshot = await ask(`/api/v1/snapshot?role=${this.role}${this.keep ? "&keep=1" : ""}`);
      this.#pollingWorks = !this.link.connected;
      this.#patience.found();
      this.#accept(snapshot);
    } catch (reason) {
      if (reason instanceof Refusal && reason.code && NOT_FOR_US.has(reason.status)) this.#refused();
      else if (!this.link.connected) this.#patience.missed();
      this.#pollingWorks = false;
    }
  }

  /** A phone whose visit is over rests; a monitor and staff go on asking. */
  #refused() {
    this.gone = true;
    if (this.role === "phone") this.#rest();
    else this.onChange();
  }
}
