// The codes to scan and the line that stands.
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

const SHOWN = 5;

const plate = (url, alt) => html`<div class="plate"><img src=${url} alt=${alt} /></div>`;

const numbered = (number, title, text, code) => html`
  <div class="numbered"><p><i aria-hidden="true">${number}</i><span><b>${title}</b><span>${text}</span></span></p>${code}</div>`;

/** One code, or two with the order in which to take them where phones must join the Wi-Fi first. */
export function codes({ qr, wifi }, say) {
  if (!wifi) return html`<div class="codes">${plate(qr, say("join_code"))}</div>`;
  return html`<div class="codes">
    ${numbered(1, say("wifi_step"), wifi.ssid, plate(wifi.qr, say("wifi_code")))}
    ${numbered(2, say("join_step"), say("join_step_text"), plate(qr, say("join_code")))}
  </div>`;
}

/** A small code for those who come while somebody is inside; nothing once the line is closed. */
export function beside(view, say) {
  if (view.door !== "open") return nothing;
  return html`<aside class="beside"><p class="lines"><b>${say("beside_title")}</b>${say("beside_text")}</p>${
    plate(view.join.qr, say("join_code"))}</aside>`;
}

const waits = (minutes, place, say) => (place === 0 ? say("line_next") : say("line_minutes", { n: minutes }));

const row = ({ name, minutes }, place, say) => html`
  <li><b data-fit="38">${name ?? say("nameless")}</b><span class="num">${waits(minutes, place, say)}</span></li>`;

const promise = (view, say) =>
  view.line_minutes > 0 ? say("line_wait", { n: view.line_minutes }) : say("line_now");

/** Who stands in line; beside two codes there is room for their number only. */
export function standing(view, say, shown = SHOWN) {
  const { line, line_count: count, door, join } = view;
  const isOpen = door === "open";
  const lead = isOpen ? html`<p class="lead">${promise(view, say)}</p>` : nothing;
  if (!count) {
    return isOpen && !join.wifi ? html`<section class="standing">${lead}<p class="more">${say("line_sit")}</p></section>` : nothing;
  }
  if (join.wifi && isOpen) {
    return html`<section class="standing"><p class="lead">${say("line_count", { n: count })} ${promise(view, say)}</p></section>`;
  }
  const listed = line.slice(0, shown);
  const rest = count - listed.length;
  return html`<section class="standing">${lead}
    <ol class="queue">${repeat(listed, (_, place) => place, (who, place) => row(who, place, say))}</ol>
    <p class="more">${rest > 0 ? say("line_more", { n: rest }) : say("line_sit")}</p>
  </section>`;
}
