// What the painters' page remembers between two snapshots: what is on its way, whose drawer is open, what was refused.
import { html } from "lit-html";
import { adding } from "@articket/fleet/adding.js";
import { news } from "@articket/fleet/now.js";
import { readers } from "@articket/fleet/readers.js";
import { summary } from "@articket/fleet/summary.js";
import { table } from "@articket/fleet/table.js";
import { Clerk } from "@articket/staff/clerk.js";
import { isNumbered, machineName, styleName } from "@articket/staff/names.js";

export class Painters extends Clerk {
  open = null;
  refused = new Map(); // what was wrong with a form, by its command's key

  get fleet() {
    return this.view.fleet;
  }

  /** Whether there is nobody but this computer. */
  get isAlone() {
    return this.fleet.servers.every(({ kind }) => kind === "laptop");
  }

  name({ kind, label }) {
    return kind === "laptop" ? this.say("fleet_laptop") : machineName(this.view, label, this.say.locale);
  }

  /** The name that staff gave; empty where the server only has its number. */
  ownName({ label }) {
    return isNumbered(label) ? "" : label;
  }

  style(id) {
    return styleName(this.view, id, this.say.locale) ?? id;
  }

  draw() {
    return html`${this.lost()}
      <h1 class="aloud" tabindex="-1">${this.say("painters")}</h1>
      ${summary(this)}${table(this)}${readers(this)}${adding(this)}
      <p class="aloud" role="status">${news(this)}</p>`;
  }

  toggle(server) {
    this.open = this.open === server ? null : server;
    this.refused.delete(`server_change/${server}`);
    this.redraw();
  }

  /** Whoever types anew need not read on what was wrong before. */
  forgive(key) {
    if (this.refused.delete(key)) this.redraw();
  }

  /** Sends a form's command; a refusal is said beside the form. Returns whether it was taken. */
  async submit(type, fields) {
    const key = `${type}/${fields.server ?? ""}`;
    const ack = await this.carry(key, type, fields);
    if (!ack) return false;
    this.refused.delete(key);
    if (ack.ok) this.tell(this.say(`done_${type}`), true);
    else this.refused.set(key, this.say.fault(ack.code, ack.params));
    this.redraw();
    return ack.ok;
  }
}
