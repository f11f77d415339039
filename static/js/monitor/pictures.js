// Paintings and the labels beside them.
import { html } from "lit-html";

/** What hangs where a picture is for its visitor's phone alone: a drawn curtain, which tells of nothing behind it. */
export const curtain = (where, alt) => html`<div class="curtain ${where}" role="img" aria-label=${alt}></div>`;

/** A painting in its painter's moulding. */
export const hung = ({ url, style, alt }, mood = "") => html`
  <figure class="hung style-${style} ${mood}"><img src=${url} alt=${alt} /></figure>`;

const WHOLE = 12; // letters: a shorter part of a label never breaks

/** "사진 한 장, 별빛 조금" breaks after its commas only. */
const parts = (text) =>
  text.split(", ").map((part, place) => [place ? ", " : "", part.length > WHOLE ? part : html`<span class="nb">${part}</span>`]);

/** The wall label: title, after whom, and the medium with a smile. */
export const label = ({ title, after, medium }, mood = "") => html`
  <p class="label ${mood}"><b>${title}</b><span>${after}</span><span>${parts(medium)}</span></p>`;

/** A frame without a picture, for a wall that waits for its first one. */
export const emptyFrame = (say) => html`<figure class="hung"><div class="empty"></div></figure>${
  label({ title: say("welcome_label"), after: say("welcome_label_text"), medium: say("welcome_label_medium") })}`;

/** Lets each of a text's sentences begin on a line of its own. */
export const bySentence = (text) => text.replaceAll(/([.!?…]) +/g, "$1\n");

/** Resolves once the picture can be shown without a flash; also when it never arrives. */
export async function ready(url) {
  const picture = new Image();
  picture.src = url;
  await picture.decode().catch(() => {});
}
