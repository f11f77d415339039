// Friends share a phone: the earlier visits of this one, a press away.
import { html, nothing } from "lit-html";

export function others({ say, others: list }) {
  if (list.length === 0) return nothing;
  return html`
    <section>
      <h2>${say("others_title")}</h2>
      <ul class="others">
        ${list.map(
          (visit) => html`
            <li><form method="post" action="/visit/switch"><input type="hidden" name="index" value=${visit.index}>
              <span>${named(say, visit)}</span><button class="quiet" aria-label="${say("others_open")}, ${named(say, visit)}">${say("others_open")}</button></form></li>
          `,
        )}
      </ul>
    </section>
  `;
}

function named(say, { name, number }) {
  if (!name) return say("others_nameless");
  return number ? say("who", { number, name }) : name;
}
