// Paintings and the labels beside them.
import { html, nothing } from "lit-html";

/** A painting in its painter's moulding. */
export const hung = ({ url, style, alt }, mood = "") => html`
  <figure class="hung style-${style} ${mood}"><img src=${url} alt=${alt} /></figure>`;

/** The wall label: title, after whom, and the medium with a smile. */
export const label = ({ title, after, medium }, mood = "") => html`
  <p class="label ${mood}"><b>${title}</b>${after ? html`<span>${after}</span>` : nothing}${
    medium ? html`<span>${medium}</span>` : nothing}</p>`;

/** Lets each of a text's sentences begin on a line of its own. */
export const bySentence = (text) => text.replaceAll(/([.!?…]) +/g, "$1\n");

/** Resolves once the picture can be shown without a flash; also when it never arrives. */
export async function ready(url) {
  const picture = new Image();
  picture.src = url;
  await picture.decode().catch(() => {});
}
