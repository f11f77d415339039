// A button that sends one command and tells that it is on its way.
import { html } from "lit-html";

/** `desk.busy` holds the keys of commands on their way; a second press of the same button waits for the first. */
export function button(desk, { type, fields = {}, text, mood = "plain" }) {
  const key = `${type}/${fields.visit ?? fields.server ?? ""}`;
  const busy = desk.busy.has(key);
  return html`<button type="button" class="act ${mood}" aria-busy=${busy ? "true" : "false"} @click=${() =>
    desk.command(key, type, fields)}>${busy ? desk.say("sending") : text}</button>`;
}
