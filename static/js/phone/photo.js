// Name and photo: an empty canvas, then the photo in the painting's frame, then on its way.
import { html, nothing } from "lit-html";
import { live as asTyped } from "lit-html/directives/live.js";
import { vars } from "@articket/lib/vars.js";
import { along, handles, movable, position, way } from "@articket/phone/crop.js";
import { frame, title } from "@articket/phone/frame.js";
import { hungAgain } from "@articket/phone/hung.js";
import { choose, send } from "@articket/phone/sending.js";
import { turn } from "@articket/phone/turn.js";

const NAME_LENGTH = 12;

export function photo(hand, view) {
  const { draft, say } = hand;
  if (draft?.status === "missed") return missed(hand, view);
  if (draft?.status === "narrow") return narrow(hand);
  const there = draft ?? view.photo;
  return frame(hand, {
    name: "photo",
    aside: turn(hand) ?? say("step", { n: 2, count: 2 }),
    kind: "studio",
    body: html`
      <h1 tabindex="-1" class="aloud">${say("photo_title")}</h1>
      ${nameField(hand)}
      ${draft ? shot(hand, draft) : view.photo ? hung(hand, view.photo) : empty(hand)}
      <p class="lead soft" aria-live="polite">${hint(hand, view)}</p>
    `,
    foot: there ? chosenFoot(hand) : emptyFoot(hand),
  });
}

function nameField(hand) {
  const { say, local, begun, visit } = hand;
  return html`
    <label class="field">
      <span>${say("name")}</span>
      <input name="name" autocomplete="given-name" enterkeyhint="done" maxlength=${NAME_LENGTH} required
        .value=${asTyped(begun.name ?? visit.name ?? "")} ?aria-invalid=${local.nameMissing === true}
        @keydown=${(event) => event.key === "Enter" && event.target.blur()}
        @input=${(event) => typed(hand, event.target.value)}>
    </label>
    <p class="wants" role="alert" ?hidden=${!local.nameMissing}>${local.nameMissing ? say("name_missing") : ""}</p>
  `;
}

function typed(hand, name) {
  hand.local.nameMissing = false;
  hand.begin({ name });
}

function empty({ say }, kind = "") {
  return html`
    <div class="shot bare ${kind}"><svg viewBox="0 0 106 154" aria-hidden="true"><ellipse cx="53" cy="62" rx="25" ry="33" /><path d="M6 154c4-32 22-46 47-46s43 14 47 46" /></svg>
      <p class="soft">${say("canvas_empty")}</p></div>
  `;
}

function hung(hand, photo) {
  const again = hungAgain(hand, photo);
  if (again) return shot(hand, again);
  const { say } = hand;
  const { url } = photo;
  return html`<figure class="shot"><img src=${url} alt=${say("preview")}></figure>`;
}

function shot(hand, draft) {
  const { say, redraw, local } = hand;
  if (!draft.url) return html`<div class="shot bare"><p class="soft lines">${say("no_preview")}</p></div>`;
  const picture = html`<img src=${(!draft.moved && draft.framed) || draft.url} alt=${say("preview")} draggable="false">`;
  if (!movable(draft) || local.sending) return html`<figure class="shot" ${vars(position(draft))}>${picture}</figure>`;
  const on = handles(draft, redraw);
  return html`
    <div class="shot slides" role="slider" tabindex="0" aria-label=${say("drag_label")} aria-valuenow=${along(draft)}
      aria-valuemin="0" aria-valuemax="100" data-way=${way(draft)} ${vars(position(draft))}
      @pointerdown=${on.down} @pointermove=${on.move} @pointerup=${on.up} @pointercancel=${on.up} @keydown=${on.key}>
      ${picture}
    </div>
  `;
}

function hint({ say, draft, hung, local }, view) {
  if (local.nameMissing) return nothing; // one thing at a time, and there is no room for two
  if (draft) return draft.url ? say(movable(draft) ? "drag" : "fits") : nothing;
  if (view.photo && hung?.width && movable(hung)) return say("drag");
  const faces = view.photo?.faces ?? null;
  if (!view.photo || faces === null) return nothing;
  return say(faces === 0 ? "faces_none" : faces === 1 ? "faces_one" : "faces_many", { n: faces });
}

function emptyFoot(hand) {
  return html`${picker(hand, { text: "take", kind: "press", camera: true, main: true })}
    ${picker(hand, { text: "album", kind: "quiet" })}`;
}

function chosenFoot(hand) {
  const { say, draft, local } = hand;
  const part = local.sending ? (draft?.progress ?? 1) : 0;
  return html`
    <button type="button" class="press fills" data-main ?disabled=${local.sending} aria-busy=${local.sending === true}
      ${vars({ "--part": `${Math.round(part * 100)}%` })} @click=${() => send(hand)}>${words(hand)}</button>
    <div class="pair" ?inert=${local.sending}>
      ${picker(hand, { text: "again", kind: "quiet", camera: true })} ${picker(hand, { text: "album_short", kind: "quiet" })}
    </div>
    <p class="aloud" role="status">${local.sending ? say(draft?.smaller ? "sending_smaller" : "sending") : ""}</p>
  `;
}

function words({ say, draft, local }) {
  if (!local.sending) return say(draft && draft.status !== "arrived" ? "send" : "keep_photo");
  if (!draft || draft.status === "arrived" || draft.progress === 1) return say("sent");
  return `${say(draft.smaller ? "sending_smaller" : "sending")} ${Math.round(draft.progress * 100)}%`;
}

function picker(hand, { text, kind, camera = false, main = false }) {
  return html`
    <label class="${kind} picks" ?data-main=${main}>
      ${camera
        ? html`<input type="file" accept="image/*" capture="user" @change=${(event) => choose(hand, event)}>`
        : html`<input type="file" accept="image/*" @change=${(event) => choose(hand, event)}>`}
      ${hand.say(text)}
    </label>
  `;
}

/** Nothing on the way lets this photo through, however small it was made; what cannot be shown here cannot be made smaller. */
function narrow(hand) {
  const { say, draft } = hand;
  return frame(hand, {
    name: "photo-narrow",
    aside: turn(hand) ?? say("step", { n: 2, count: 2 }),
    kind: "studio",
    body: html`
      ${title(say("narrow_title"))}
      ${draft.url ? html`<figure class="shot pale" ${vars(position(draft))}><img src=${draft.url} alt=${say("preview")}></figure>` : empty(hand, "pale")}
      <p class="lead">${say(draft.url ? "narrow_least" : "narrow_lead")} <span class="soft">${say("narrow_help")}</span></p>
    `,
    foot: html`
      ${picker(hand, { text: "take", kind: "press", camera: true, main: true })}
      ${picker(hand, { text: "album", kind: "quiet" })}
    `,
  });
}

function missed(hand, view) {
  const { say, draft } = hand;
  return frame(hand, {
    name: "photo-missed",
    aside: turn(hand) ?? say("step", { n: 2, count: 2 }),
    kind: "studio",
    body: html`
      ${title(say("missed_title"))}
      ${draft.url ? html`<figure class="shot pale" ${vars(position(draft))}><img src=${draft.url} alt=${say("preview")}></figure>` : nothing}
      <p class="lead">${say("missed_safe")} <span class="soft">${say(view.place ? "missed_place" : "missed_why")}</span></p>
    `,
    foot: html`
      <button type="button" class="press" data-main ?disabled=${hand.local.sending} @click=${() => send(hand)}>${say("send_again")}</button>
      ${picker(hand, { text: "other_photo", kind: "quiet", camera: true })}
    `,
  });
}
