// The visitor holds the monitor and gets ready on the phone: an empty frame waits under the lamp.
import { html, nothing } from "lit-html";
import { beside } from "@articket/monitor/join.js";
import { emptyFrame } from "@articket/monitor/pictures.js";

const QUIET_S = 60;

export class Welcome {
  draw({ snapshot, say, clock }) {
    const { view, deadline } = snapshot;
    const left = Math.ceil(clock.left(deadline) ?? QUIET_S);
    return html`<main class="scene welcome">
      ${emptyFrame(say)}
      <section class="say">
        <h1 data-fit="104">${view.name ? say("welcome_title", view) : say("welcome_nameless")}</h1>
        <p class="doing">${say(`welcome_${view.doing}`)}</p>
        ${left < QUIET_S ? html`<p class="waits num">${say("calling_left", { n: left })}</p>` : nothing}
      </section>
      ${beside(view, say)}
    </main>`;
  }
}
