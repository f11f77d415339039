// What everybody may see of a visit: the photo large, whoever asks staff to look at it, and staff's word on it.
import { html, nothing } from "lit-html";

let opened = null; // the visit whose photo staff look at; one at a time, as one looks

const asks = ({ moderation }) => moderation?.look === "please";

/** The row's photo: a press shows it large, with what may be done about it. */
export function face(visit, desk) {
  const { say } = desk;
  const picture = visit.thumb ? html`<img class="face" src=${visit.thumb} alt="" loading="lazy" />` : html`<span class="face"></span>`;
  if (!visit.moderation) return picture;
  const text = say("look_open", { name: visit.name ?? say("nameless") });
  return html`<button type="button" class="peek" aria-label=${text} aria-expanded=${opened === visit.id ? "true" : "false"}
    @click=${() => turn(visit, desk)}>${picture}</button>`;
}

/** Under the row: what is not shown, the call to look, and the photo itself where it is opened. */
export function looks(visit, desk) {
  if (!visit.moderation) return nothing;
  const { say } = desk;
  const { look, name_hidden: nameless } = visit.moderation;
  const call = html`<button type="button" class="please" @click=${() => turn(visit, desk)}>${say("look_please")}</button>`;
  const marks = [
    asks(visit) && opened !== visit.id && call,
    look === "hidden" && html`<span class="mark">${say("look_photo_hidden")}</span>`,
    nameless && html`<span class="mark of-name">${say("look_name_hidden")}</span>`,
  ].filter(Boolean);
  return html`${marks.length ? html`<div class="marks">${marks}</div>` : nothing}${opened === visit.id ? panel(visit, desk) : nothing}`;
}

function turn({ id }, desk) {
  opened = opened === id ? null : id;
  desk.redraw();
}

function panel(visit, desk) {
  const { say } = desk;
  const { look, why } = visit.moderation;
  const words = look === "please" || look === "pending" ? `look_why_${why}` : `look_is_${look}`;
  return html`<div class="looking">
    ${look ? html`<img class="large" src=${photoOf(visit)} alt=${say("look_photo")} />` : nothing}
    <div class="says">
      ${look ? html`<p>${say(words)}</p>` : nothing}
      <div class="choices">${ofPhoto(visit, desk)}${ofName(visit, desk)}
        <button type="button" class="quiet" @click=${() => turn(visit, desk)}>${say("less")}</button></div>
    </div>
  </div>`;
}

/** The photo beside the thumb, which is a painting once there is one. */
const photoOf = ({ thumb }) => thumb.replace(/[^/]+$/, "photo.jpg");

function ofPhoto(visit, desk) {
  const { look, photo } = visit.moderation;
  if (!look) return nothing;
  const hide = choice(visit, desk, "hide", "photo", {}, look === "fine" ? "plain" : "no");
  if (look === "fine") return hide;
  const show = choice(visit, desk, "show", "photo", { photo }, "", look === "hidden" ? "look_show_photo" : "look_fine");
  return look === "hidden" ? show : [show, hide];
}

function ofName(visit, desk) {
  if (!visit.name) return nothing;
  return choice(visit, desk, visit.moderation.name_hidden ? "show" : "hide", "name");
}

function choice(visit, desk, type, part, more = {}, mood = "plain", word = `look_${type}_${part}`) {
  const key = `${type}/${part}/${visit.id}`;
  const busy = desk.busy.has(key);
  return html`<button type="button" class="act ${mood}" aria-busy=${busy ? "true" : "false"} @click=${async () => {
    const ack = await desk.command(key, type, { visit: visit.id, part, ...more });
    // Staff may have opened another photo in the meantime.
    if (ack?.ok && part === "photo" && asks(visit) && opened === visit.id) turn(visit, desk);
  }}>${busy ? desk.say("sending") : desk.say(word)}</button>`;
}
