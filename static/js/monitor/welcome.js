// The visitor holds the monitor and gets ready on the phone: an empty frame waits under the lamp.
import { html } from "lit-html";
import { beside } from "@articket/monitor/join.js";
import { emptyFrame } from "@articket/monitor/pictures.js";

export class Welcome {
  draw({ snapshot, say }) {
    const { view } = snapshot;
    return html`<main class="scene welcome">
      ${emptyFrame(say)}
      <section class="say">
        <h1 data-fit="104">${view.name ? say("welcome_title", view) : say("welcome_nameless")}</h1>
        <p class="doing">${say(`welcome_${view.doing}`)}</p>
      </section>
      ${beside(view, say)}
    </main>`;
  }
}
