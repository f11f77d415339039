// The parts that every screen has: header, main, foot, and the two kinds of buttons.
import { html, nothing } from "lit-html";

/** A whole screen. `name` changes when focus has to move; `before` stands at the full width above the page. */
export function frame(hand, { name, aside = whoIs(hand), before = nothing, body, foot = nothing, kind = "" }) {
  return html`
    <div class="screen ${kind}" data-screen=${name}>
      ${header(hand, aside)}
      <main>
        ${before}
        <div class="page">${body}</div>
        <div class="foot">${said(hand)}${foot}</div>
      </main>
    </div>
  `;
}

/** The connection's sentence takes the header's place: a thin line that moves nothing. */
function header(hand, aside) {
  const { say, stage, live, visit } = hand;
  const key = say.has(`lost_${stage}`) ? `lost_${stage}` : "lost";
  return html`
    <header class=${live.lost ? "lost" : ""}>
      ${visit.assisted
        ? html`<a class="to-desk" href="/staff" ?hidden=${live.lost}>${say("to_desk")}</a>`
        : html`<span class="mark" ?hidden=${live.lost}>Articket</span>`}
      <span class="num" ?hidden=${live.lost}>${aside}</span>
      <p role="status" class="thin">${live.lost ? say(key) : ""}</p>
    </header>
  `;
}

/** What the server refused, in words. */
function said(hand) {
  const { fault } = hand.local;
  return html`<p role="alert" class="said" ?hidden=${!fault}>${fault ? hand.say.fault(fault.code, fault.params) : ""}</p>`;
}

export function whoIs({ visit, say }) {
  const { name, number } = visit;
  if (number !== null && number !== undefined && name) return say("who", { number, name });
  return number ? say("number_only", { number }) : (name ?? "");
}

export function title(text) {
  return html`<h1 tabindex="-1">${text}</h1>`;
}

/** The one big thing to press. */
export function press(hand, { key, text, act, main = false, kind = "" }) {
  const waits = hand.busy !== null;
  return html`
    <button type="button" class="press ${kind}" ?data-main=${main} aria-busy=${hand.busy === key} ?disabled=${waits}
      @click=${act}>${text}</button>
  `;
}

/** A way aside, underlined. */
export function quiet(hand, { text, act }) {
  return html`<button type="button" class="quiet" ?disabled=${hand.busy !== null} @click=${act}>${text}</button>`;
}
