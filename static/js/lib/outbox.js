// Commands leave one after the other and are repeated, with the same cmd_id, until the server has answered.
import { Refusal, ask } from "@articket/lib/http.js";
import { newId } from "@articket/lib/ids.js";
import { Patience } from "@articket/lib/patience.js";

const RETRY_MS = [400, 1_000, 2_000, 4_000, 8_000];

export class Outbox {
  #last = Promise.resolve();
  #nudge = () => {};

  constructor({ role, keep, link, onChange }) {
    Object.assign(this, { role, keep, link });
    this.patience = new Patience(onChange);
  }

  /** Whether a command has been repeated for a while. */
  get lost() {
    return this.patience.lost;
  }

  /** Resolves with the ack: `{ok: true, rev}` or `{ok: false, code, params}`; it never rejects. */
  send(type, fields = {}) {
    const command = { cmd_id: newId(), type, ...(this.keep && { keep: true }), ...fields };
    this.#last = this.#last.then(() => this.#deliver(command));
    return this.#last;
  }

  /** The connection is back: do not sit out the wait. */
  nudge() {
    this.#nudge();
  }

  async #deliver(command) {
    for (let attempt = 0; ; attempt += 1) {
      const ack = (await this.#bySocket(command)) ?? (await this.#byHttp(command));
      if (ack) {
        this.patience.found();
        return ack;
      }
      this.patience.missed();
      await this.#wait(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
    }
  }

  async #bySocket(command) {
    if (!this.link.connected) return null;
    return this.link.request("cmd", command).catch(() => null);
  }

  async #byHttp(command) {
    try {
      const ack = await ask("/api/v1/commands", { method: "POST", body: { role: this.role, ...command } });
      return { ...ack, plain: true };
    } catch (reason) {
      const final = reason instanceof Refusal && reason.status < 500 && reason.code;
      return final ? { ok: false, code: reason.code, params: reason.params, plain: true } : null;
    }
  }

  #wait(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#nudge = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
