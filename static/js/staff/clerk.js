// Carries staff's commands to the booth, says what became of them, and asks once more where nothing can be taken back.
import { html, nothing } from "lit-html";

const SURE_MS = 5_000;
const SAID_MS = 6_000;

export class Clerk {
  busy = new Set();
  sure = null;
  #forget = 0;
  #hush = 0;

  constructor({ said, redraw }) {
    Object.assign(this, { said, redraw });
  }

  /** Takes what this moment shows: snapshot, speaker, server's time. */
  at({ live, say }) {
    Object.assign(this, { live, say, view: live.snapshot.view, now: live.clock.now() });
    return this;
  }

  /** Resolves with the ack, which is said at the top of the page; null where the same command is on its way already. */
  async command(key, type, fields = {}) {
    const ack = await this.carry(key, type, fields);
    if (ack) this.tell(ack.ok ? this.say(`done_${type}`) : this.say.fault(ack.code, ack.params), ack.ok);
    return ack;
  }

  /** Like command(), for those who say themselves what became of it. */
  async carry(key, type, fields = {}) {
    if (this.busy.has(key)) return null;
    this.busy.add(key);
    this.redraw();
    const ack = await this.live.send(type, fields);
    this.busy.delete(key);
    this.redraw();
    return ack;
  }

  /** The second press acts, in the same place; after some seconds the first one is forgotten. */
  twice(key, act) {
    const again = this.sure === key;
    this.unsure();
    if (again) {
      act();
      return;
    }
    this.sure = key;
    this.#forget = setTimeout(() => this.unsure(), SURE_MS);
    this.redraw();
  }

  unsure() {
    clearTimeout(this.#forget);
    if (this.sure === null) return;
    this.sure = null;
    this.redraw();
  }

  tell(sentence, good) {
    clearTimeout(this.#hush);
    this.said.textContent = sentence;
    this.said.classList.toggle("no", !good);
    this.#hush = setTimeout(() => (this.said.textContent = ""), SAID_MS);
  }

  /** What stands above everything while the server is out of reach. */
  lost() {
    if (!this.live.lost) return nothing;
    return html`<ul class="troubles"><li class="trouble"><b>${this.say("lost")}</b></li></ul>`;
  }
}
