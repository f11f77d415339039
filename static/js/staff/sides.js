// Beside the rows: the desks, the door, the monitor, the painters, this device, what is left to store.
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { button } from "@articket/staff/button.js";
import { desks } from "@articket/staff/desks.js";
import { space } from "@articket/staff/times.js";
import { tongue } from "@articket/staff/tongues.js";

const DOORS = [["open", "open"], ["paused", "pause"], ["closed", "close"]];

export const sides = (desk) => html`<aside>${desks(desk)}${door(desk)}${monitor(desk)}${painters(desk)}${here(desk)}${storage(desk)}</aside>`;

const box = (id, title, note, body) => html`
  <section class="side-box" aria-labelledby=${id}><h2 id=${id}>${title}${note}</h2>${body}</section>`;

function door(desk) {
  const { view, say } = desk;
  const control = ([state, type]) => html`<button type="button" aria-pressed=${view.door === state ? "true" : "false"} @click=${() =>
    desk.command(type, type)}>${say(`door_${state}`)}</button>`;
  return box("door", say("door"), nothing, html`
    <div class="doorway" role="group" aria-labelledby="door">${DOORS.map(control)}</div><p class="hint">${say(`door_${view.door}_text`)}</p>`);
}

function monitor(desk) {
  const { view, say } = desk;
  const { connected, address } = view.monitor;
  const note = html`<small class=${connected ? "" : "no"}>${say(connected ? "monitor_on" : "monitor_off")}</small>`;
  const shown = !connected ? "gone" : view.blanked ? "dark" : view.sees.stage;
  const what = view.blanked ? say("monitor_blanked") : say(`sees_${view.sees.stage}`);
  const says = connected
    ? html`<span><b>${view.sees.name ?? nothing}</b>${what}</span>`
    : html`<span>${say("monitor_off_text")}<a class="address" href=${address} target="_blank" rel="noopener">${address}</a></span>`;
  return box("monitor", say("monitor"), note, html`
    <div class="screen"><div class="wallet ${shown}" aria-hidden="true"></div>${says}</div>
    ${next(desk)}
    <div class="pair">${button(desk, view.blanked ? { type: "unblank", text: say("unblank") } : { type: "blank", text: say("blank") })}${reset(desk)}</div>`);
}

/** Calls whoever is next by hand: in a break nobody is called by itself. */
function next(desk) {
  const { view, say } = desk;
  const free = view.booth.stage === "idle" && view.counts.line > 0;
  return free ? html`<div class="pair">${button(desk, { type: "call", text: say("call_next"), mood: "" })}</div>` : nothing;
}

function reset(desk) {
  const { say } = desk;
  const sure = desk.sure === "reset";
  return html`<button type="button" class="act ${sure ? "sure" : "plain"}" @click=${() =>
    desk.twice("reset", () => desk.command("reset", "reset"))} @blur=${() => desk.unsure()}>${say(sure ? "reset_sure" : "reset")}</button>`;
}

function painters(desk) {
  const { view, say } = desk;
  const doing = ({ state, busy_with: busy }) => {
    if (state !== "busy" || !busy) return say(`painter_${state}`);
    const name = busy.name ?? say("nameless");
    return say("painter_busy", { name, style: desk.painter(busy.style) ?? busy.style });
  };
  return box("painters", say("painters"), nothing, html`
    ${view.painters.length ? nothing : html`<p class="hint">${say("painters_none")}</p>`}
    <ul class="painters">${repeat(view.painters, ({ name }) => name, (painter) => html`
      <li><i class="dot ${painter.state === "trouble" ? "lost" : painter.state}"></i><span>${desk.machine(painter.name)}<small>${doing(painter)}</small></span><span class="num">${
        painter.last_s === null ? nothing : say("seconds", { s: painter.last_s.toFixed(1) })}</span></li>`)}</ul>`);
}

function here(desk) {
  const { view, say } = desk;
  return box("here", say("here"), nothing, html`<p class="hint">${say("here_text")}</p>
    <div class="pair">${desk.locales.map((locale) => html`
      <button type="button" class="act plain" lang=${locale} @click=${() => desk.assist(locale)}>${tongue(locale)}</button>`)}</div>
    ${networks(desk)}
    ${view.join_url ? html`<a class="quiet" href=${view.join_url} target="_blank" rel="noopener">${say("join_link")}</a>` : nothing}`);
}

/** Where the join code leads, when the machine is on several networks: phones must be on the same one. */
function networks(desk) {
  const { view, say } = desk;
  if ((view.networks ?? []).length < 2) return nothing;
  return html`<p class="hint">${say("networks_text")}</p>
    <div class="pair">${repeat(view.networks, ({ ip }) => ip, ({ interface: name, ip, chosen }) => html`
      <button type="button" class="act ${chosen ? "" : "plain"}" aria-pressed=${chosen ? "true" : "false"} ?disabled=${desk.busy.has(`network-${ip}`)}
        @click=${() => desk.command(`network-${ip}`, "network", { ip })}>${name}<small>${ip}</small></button>`)}</div>`;
}

function storage(desk) {
  const { view, say } = desk;
  const { free_mb: free, tickets } = view.storage;
  return box("storage", say("storage"), nothing, html`<p class="hint num">${say("storage_text", { free: space(free), n: tickets })}</p>`);
}
