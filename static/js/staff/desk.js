// What the desk remembers between two snapshots: what is on its way, what is folded out, what was asked once.
import { html, nothing } from "lit-html";
import { counts, troubles } from "@articket/staff/counts.js";
import { rows } from "@articket/staff/rows.js";
import { sides } from "@articket/staff/sides.js";

const SURE_MS = 5_000;
const SAID_MS = 6_000;

export class Desk {
  busy = new Set();
  open = new Set();
  sure = false;
  #forget = 0;
  #hush = 0;

  constructor({ said, locales, redraw }) {
    Object.assign(this, { said, locales, redraw });
  }

  /** Takes what this moment shows: snapshot, speaker, server's time. */
  at({ live, say }) {
    Object.assign(this, { live, say, view: live.snapshot.view, now: live.clock.now() });
    return this;
  }

  /** What a style's painter is called in this page's language. */
  painter(style) {
    return this.view.names?.styles[style]?.[this.say.locale];
  }

  machine(name) {
    return this.view.names?.machines[name]?.[this.say.locale] ?? name;
  }

  draw() {
    const { lost } = this.live;
    return html`${lost ? this.#lost() : nothing}
      ${counts(this)}${troubles(this)}
      <div class="desk-grid">${rows(this)}${sides(this)}</div>`;
  }

  async command(key, type, fields = {}) {
    if (this.busy.has(key)) return null;
    this.busy.add(key);
    this.redraw();
    const ack = await this.live.send(type, fields);
    this.busy.delete(key);
    this.#tell(ack.ok ? this.say(`done_${type}`) : this.say.fault(ack.code, ack.params), ack.ok);
    this.redraw();
    return ack;
  }

  async assist(locale) {
    const ack = await this.command("assist", "assist", { locale });
    if (ack?.ok && ack.url) location.assign(ack.url);
  }

  toggle(visit) {
    if (!this.open.delete(visit)) this.open.add(visit);
    this.redraw();
  }

  reset() {
    const sure = this.sure;
    this.unsure();
    if (sure) this.command("reset", "reset");
    else {
      this.sure = true;
      this.#forget = setTimeout(() => this.unsure(), SURE_MS);
      this.redraw();
    }
  }

  unsure() {
    clearTimeout(this.#forget);
    if (!this.sure) return;
    this.sure = false;
    this.redraw();
  }

  #tell(sentence, good) {
    clearTimeout(this.#hush);
    this.said.textContent = sentence;
    this.said.classList.toggle("no", !good);
    this.#hush = setTimeout(() => (this.said.textContent = ""), SAID_MS);
  }

  #lost() {
    return html`<ul class="troubles"><li class="trouble"><b>${this.say("lost")}</b></li></ul>`;
  }
}
