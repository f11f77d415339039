// Beneath a painter's row: its address and record, a name and a family for it, and the way out.
import { html, nothing } from "lit-html";
import { resting, testing } from "@articket/fleet/acts.js";
import { FAMILIES, softwareName } from "@articket/fleet/equipment.js";
import { isTroubled } from "@articket/fleet/now.js";
import { notes } from "@articket/fleet/paints.js";

const AUTO = "auto";

export function drawer(server, page) {
  return html`<div class="drawer" @keydown=${(event) => event.key === "Escape" && page.toggle(server.id)}>
    <p class="record num">${record(server, page)}</p>
    ${change(server, page)}
    <div class="others">${isTroubled(server) ? resting(server, page) : testing(server, page)}${remove(server, page)}</div>
  </div>`;
}

/** Address, software, how often it succeeded, and all that it lacks, unabridged. */
function record(server, page) {
  const { say } = page;
  const { success, painted, lost } = server;
  const software = softwareName(server);
  const rate = success === null ? say("fleet_no_record") : say("fleet_record", { percent: Math.round(success * 100), painted, lost });
  return html`<span class="address">${server.address}</span>${software ? html`<span>${software}</span>` : nothing}<span>${rate}</span>${notes(server, page).map((note) => html`<span>${note}</span>`)}`;
}

function change(server, page) {
  const { say } = page;
  const key = `server_change/${server.id}`;
  const busy = page.busy.has(key);
  const refusal = page.refused.get(key);
  const send = async (event) => {
    event.preventDefault();
    const { name, family } = Object.fromEntries(new FormData(event.target));
    if (await page.submit("server_change", { server: server.id, name: name.trim(), family })) page.toggle(server.id);
  };
  return html`<form class="change" @submit=${send}>
    <label><span>${say("fleet_name")}</span><input name="name" autocomplete="off" value=${page.ownName(server)} placeholder=${page.name(server)}
      aria-invalid=${refusal ? "true" : nothing} aria-describedby=${refusal ? "change-refused" : nothing}></label>
    <fieldset><legend>${say("fleet_family")}</legend><div class="ways">${Object.entries({ [AUTO]: say("fleet_family_auto"), ...FAMILIES }).map(([family, text]) => html`
      <label><input type="radio" name="family" value=${family} ?checked=${family === (server.wished_family ?? AUTO)}><span>${text}</span></label>`)}</div></fieldset>
    <button class="act" aria-busy=${busy ? "true" : "false"}>${say(busy ? "sending" : "fleet_save")}</button>
    ${refusal ? html`<p class="refusal" id="change-refused" role="alert">${refusal}</p>` : nothing}
  </form>`;
}

function remove(server, page) {
  const { say } = page;
  const key = `server_remove/${server.id}`;
  const sure = page.sure === key;
  const busy = page.busy.has(key);
  const text = sure ? "fleet_remove_sure" : "fleet_remove";
  return html`<button type="button" class="act ${sure ? "sure" : "plain"}" aria-busy=${busy ? "true" : "false"} @click=${() =>
    page.twice(key, () => page.command(key, "server_remove", { server: server.id }))} @blur=${() => page.unsure()}>${say(busy ? "sending" : text)}</button>`;
}
