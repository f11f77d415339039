// Nobody is inside: a painting, the question in every language of the event, and the code.
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { Gallery } from "@articket/monitor/gallery.js";
import { codes, standing } from "@articket/monitor/join.js";
import { emptyFrame, hung, label } from "@articket/monitor/pictures.js";

/** The class names of a wall with a line, two codes or a closed line. */
export function shape(view) {
  const open = view.door === "open";
  const names = [view.line_count > 0 && "busy", open && view.join.wifi && "wifi", !open && "closed"];
  return names.filter(Boolean).join(" ");
}

export class Idle {
  constructor(redraw) {
    this.gallery = new Gallery(redraw);
  }

  draw({ snapshot, say, others }) {
    const { view } = snapshot;
    this.gallery.hang(view.gallery, view.gallery_s);
    const closed = view.door !== "open";
    return html`<main class="scene idle ${shape(view)}">
      ${this.#pictures(say)}
      <section class="call">
        <h1 data-fit="104">${closed ? say("closed_title") : view.invitation[say.locale]}</h1>
        ${closed ? html`<p class="second">${say("closed_text")}</p>` : nothing}
        ${others.map((other) => html`<p class="second" lang=${other.locale}>${
          closed ? other("closed_text") : view.invitation[other.locale]}</p>`)}
      </section>
      ${closed ? nothing : codes(view.join, say)}
      ${view.line_count ? standing(view, say) : closed || view.join.wifi ? nothing : this.#ask(say, others)}
    </main>`;
  }

  #ask(say, others) {
    return html`<div class="ask"><p>${say("idle_scan")}</p>
      ${others.map((other) => html`<p lang=${other.locale}>${other("idle_scan")}</p>`)}
      <p class="promise">${say("idle_promise")}</p></div>`;
  }

  #pictures(say) {
    const { shown, leaving } = this.gallery;
    if (!shown) return emptyFrame(say);
    const layers = leaving ? [[leaving, "goes"], [shown, "comes"]] : [[shown, ""]];
    return repeat(layers, ([{ url }]) => url, ([picture, mood]) => html`
      ${hung({ ...picture, alt: say("idle_picture", picture) }, mood)}${label(picture, mood)}`);
  }
}
