// One calm line: where tickets go to paper and to the cloud, and what is in their way.
import { html, nothing } from "lit-html";
import { waited } from "@articket/staff/times.js";

const HALF_A_DAY_S = 43_200;

/** "since 14:05", or for how long where that was yesterday; empty where nobody knows. */
function since(at, { say, now }) {
  if (!at) return "";
  if (now - at > HALF_A_DAY_S) return waited(at, now, say);
  const time = new Intl.DateTimeFormat(say.locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at * 1000);
  return say("since_time", { time });
}

const way = (kind, state, title, body, when = "") => html`<li class="${kind} ${state}"><i class="dot ${state}"></i><b>${title}</b><span>${body}</span>${
  when ? html`<span class="num nb">${when}</span>` : nothing}</li>`;

function printer(desk) {
  const { view, say } = desk;
  if (!view.printer) return way("printer", "", say("way_printer"), say("way_browser"));
  const { kind, name, trouble, warnings = [] } = view.printer;
  const title = name || say(kind === "ipp" ? "way_printer" : "way_folder");
  if (trouble) return way("printer", "lost", title, say.fault(trouble), since(view.printer.since, desk));
  if (warnings.length > 0) return way("printer", "busy", title, warnings.map((each) => say.fault(each)).join(" "));
  return way("printer", "", title, say("way_takes"));
}

function cloud(desk) {
  const { view, say } = desk;
  if (!view.cloud) return nothing;
  const { waiting, trouble } = view.cloud;
  const waits = waiting ? html`<span class="cloud">${say("cloud_waiting", { n: waiting, since: since(view.cloud.since, desk) })}</span> ` : nothing;
  const why = trouble ? html`<span class="cloud" role="status">${say.fault(trouble)}</span>` : nothing;
  const done = !waiting && !trouble ? html`<span class="cloud">${say("cloud_done")}</span>` : nothing;
  return way("up", trouble ? "lost" : waiting ? "busy" : "", say("way_cloud"), html`${waits}${why}${done}`);
}

export const ways = (desk) => html`<ul class="ways" aria-label=${desk.say("ways")}>${printer(desk)}${cloud(desk)}</ul>`;
