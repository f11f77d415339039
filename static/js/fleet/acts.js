// What staff may do with a painter: the likeliest thing in the row, the rest in its drawer.
import { html, nothing } from "lit-html";
import { isTroubled } from "@articket/fleet/now.js";
import { button } from "@articket/staff/button.js";

/** The last resort is not sent away: a laptop that stands aside can only be put back. */
export function acts(server, page) {
  if (server.kind === "laptop") return server.mode === "on" ? nothing : html`<div class="hands">${resting(server, page)}</div>`;
  return html`<div class="hands">${isTroubled(server) ? testing(server, page, "") : resting(server, page)}${more(server, page)}</div>`;
}

/** "Let it rest", or back again. */
export function resting({ id: server, mode }, page) {
  const type = mode === "on" ? "server_drain" : "server_resume";
  return button(page, { type, fields: { server }, text: page.say(mode === "on" ? "fleet_drain" : "fleet_resume") });
}

export const testing = ({ id: server }, page, mood = "plain") =>
  button(page, { type: "server_test", fields: { server }, text: page.say("fleet_test"), mood });

function more(server, page) {
  const { say } = page;
  const open = page.open === server.id;
  const label = say(open ? "fleet_less" : "fleet_more", { painter: page.name(server) });
  return html`<button type="button" class="act plain more" aria-label=${label} aria-expanded=${open ? "true" : "false"} @click=${() =>
    page.toggle(server.id)}><span class="dots" aria-hidden="true"></span></button>`;
}
