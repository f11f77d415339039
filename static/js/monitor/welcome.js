// The visitor holds the monitor and gets ready on the phone: an empty frame waits under the lamp.
import { html } from "lit-html";
import { beside } from "@articket/monitor/join.js";
import { label } from "@articket/monitor/pictures.js";

export class Welcome {
  draw({ snapshot, say }) {
    const { view } = snapshot;
    const frame = { title: say("welcome_label"), after: say("welcome_label_text"), medium: say("welcome_label_medium") };
    return html`<main class="scene welcome">
      <figure class="hung"><div class="empty"></div></figure>${label(frame)}
      <section class="say">
        <h1 data-fit="104">${view.name ? say("welcome_title", view) : say("welcome_nameless")}</h1>
        <p class="doing">${say(`welcome_${view.doing}`)}</p>
      </section>
      ${beside(view, say)}
    </main>`;
  }
}
