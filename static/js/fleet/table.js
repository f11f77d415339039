// One painter a row. The roles are spelt out because narrow screens stack the cells, and browsers then forget the table.
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { acts } from "@articket/fleet/acts.js";
import { bars, tallest } from "@articket/fleet/bars.js";
import { drawer } from "@articket/fleet/drawer.js";
import { machine } from "@articket/fleet/equipment.js";
import { isTroubled, now } from "@articket/fleet/now.js";
import { paints } from "@articket/fleet/paints.js";
import { seconds } from "@articket/fleet/spans.js";

const COLUMNS = ["painter", "now", "sec", "tries", "paints"];

export function table(page) {
  const { fleet, say } = page;
  const scale = tallest(fleet.servers);
  return html`<table class="fleet" role="table" aria-label=${say("painters")}>
    <thead role="rowgroup"><tr role="row">${COLUMNS.map((column) => html`<th role="columnheader" scope="col" class=${column}>${say(`fleet_column_${column}`)}</th>`)}
      <th role="columnheader" scope="col" class="acts"><span class="aloud">${say("fleet_column_acts")}</span></th></tr></thead>
    <tbody role="rowgroup">${repeat(fleet.servers, ({ id }) => id, (server) => row(server, page, scale))}</tbody>
  </table>`;
}

function row(server, page, scale) {
  const { say } = page;
  const open = page.open === server.id;
  const mood = isTroubled(server) ? "troubled" : server.mode === "on" || server.busy_with.length > 0 ? "" : "away";
  const untried = server.tries.length === 0 && server.seconds === null;
  return html`<tr role="row" class="painter-row ${mood} ${open ? "open" : ""} ${untried ? "untried" : ""}" data-server=${server.id}>
      <th role="rowheader" scope="row" class="painter"><b>${page.name(server)}</b><small class="machine num">${machineOf(server, say)}</small></th>
      <td role="cell" class="now">${now(server, page)}</td>
      <td role="cell" class="sec num">${speed(server, say)}</td>
      <td role="cell" class="tries">${bars(server, page, scale)}</td>
      <td role="cell" class="paints">${paints(server, page)}</td>
      <td role="cell" class="acts">${acts(server, page)}</td>
    </tr>${open ? html`<tr role="row" class="drawer-row ${mood}" data-server=${server.id}><td role="cell" colspan="6">${drawer(server, page)}</td></tr>` : nothing}`;
}

/** How long a painting takes, and how many of all attempts became one. */
function speed({ seconds: usual, success }, say) {
  return html`<span class="usual">${seconds(usual)}${usual === null ? nothing : html`<small>${say("unit_seconds")}</small>`}</span>${
    success === null ? nothing : html`<small>${say("fleet_success", { percent: Math.round(success * 100) })}</small>`}`;
}

/** What finds no room beside the card drops out of sight as a whole. */
function machineOf(server, say) {
  if (server.kind === "laptop") return say("fleet_laptop_machine");
  const [first, ...others] = machine(server);
  return html`<span class="card">${first}</span>${others.map((each) => html`<span> · ${each}</span>`)}`;
}
