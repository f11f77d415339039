// Four paintings to save or to show; on plain http there is no share sheet, and saving is enough.
import { html, nothing } from "lit-html";

export function keep(hand, view) {
  const { say } = hand;
  return html`
    <section>
      <h2>${say("keep_title")}</h2>
      <div class="keep">
        ${view.paintings.map(
          ({ style, painter, small, print }) => html`
            <div class="style-${style}"><img src=${small} alt="" width="300" height="436">
              <a href=${saving(print)} download><b>${painter}</b> ${say("save")}</a></div>
          `,
        )}
      </div>
      <a class="press still keep-all" href=${view.zip} download>${say("save_all")}</a>
      ${navigator.share
        ? html`<button type="button" class="press plain still" ?disabled=${hand.local.sharing} @click=${() => share(hand, view)}>${say("share")}</button>`
        : nothing}
      ${view.keep_url
        ? html`<p class="soft until">${say("keep_link")}<br><a href=${view.keep_url}>${short(view.keep_url)}</a></p>`
        : nothing}
      <p class="soft until">${say("until", { until: view.until })}</p>
    </section>
  `;
}

function saving(address) {
  return `${address}${address.includes("?") ? "&" : "?"}save=1`;
}

function short(address) {
  return address.replace(/^https?:\/\//, "");
}

/** Shows the painting itself where the share sheet takes files, else its words. */
async function share(hand, view) {
  const text = hand.say("share_text", { painter: view.painter_short });
  const chosen = view.paintings.find(({ style }) => style === view.style) ?? view.paintings[0];
  hand.set({ sharing: true });
  try {
    const answer = await fetch(chosen.large);
    if (!answer.ok) throw new Error("the picture did not come");
    const picture = await answer.blob();
    const files = [new File([picture], "articket.jpg", { type: "image/jpeg" })];
    await navigator.share(navigator.canShare?.({ files }) ? { files, text } : { title: view.title, text });
  } catch {
    // closed by the visitor, or refused by the phone: the links for saving are right above
  }
  hand.set({ sharing: false });
}
