// Somebody is called: by name, with the picture that proves on the phone that they stand here.
import { html, nothing } from "lit-html";
import { vars } from "@articket/lib/vars.js";
import { shape } from "@articket/monitor/idle.js";
import { codes, standing } from "@articket/monitor/join.js";
import { hung, label } from "@articket/monitor/pictures.js";

const ROWS = 3;

function patience(left, say) {
  const seconds = Math.ceil(left);
  if (seconds <= 0) return say("calling_over");
  if (seconds < 60) return say("calling_left", { n: seconds });
  return say("calling_left_minutes", { m: Math.floor(seconds / 60), s: seconds % 60 });
}

export class Calling {
  #longest = 0;
  #deadline = null;

  draw({ snapshot, say, clock }) {
    const { view, deadline } = snapshot;
    const left = clock.left(deadline) ?? 0;
    if (deadline !== this.#deadline) this.#longest = left;
    this.#deadline = deadline;
    const { name } = view.called;
    return html`<main class="scene idle calling ${shape(view)} ${view.line_count ? "" : "busy"}">
      ${hung({ ...view.wall, alt: say("calling_picture", view.wall) })}${label(view.wall)}
      <section class="person">
        <p class="name" data-fit="150">${name ? say("calling_name", { name }) : say("calling_nameless")}</p>
        <h1 data-fit="76">${say("calling_title")}</h1>
        <p class="choose" data-fit="40">${say("calling_choose")}</p>
        ${deadline === null ? nothing : html`<p class="left"><i ${vars({ "--left": left / (this.#longest || 1) })}></i><span class="num">${
          patience(left, say)}</span></p>`}
      </section>
      ${view.door === "open" ? codes(view.join, say) : nothing}
      ${standing(view, say, ROWS)}
    </main>`;
  }
}
