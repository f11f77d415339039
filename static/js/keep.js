// The ticket's own page: shows the painting to somebody by the phone's own sheet, else copies the address.
// Saving, the ticket and deleting are plain links and forms; without this file only the sharing is missing.

const erase = document.querySelector(".erase");
erase?.addEventListener("toggle", () => erase.scrollIntoView({ block: "end" })); // the question, not only its edge

const button = document.querySelector("[data-share]");
if (button) {
  const { share, link, text, again, copy, copied } = button.dataset;
  const status = document.querySelector(".take [role=status]");
  const byHand = document.querySelector(".by-hand");
  let files = null;

  if (!navigator.share) button.textContent = copy;
  button.hidden = false;
  button.addEventListener("click", () => (navigator.share ? show() : take()));

  /** Hands the painting over where the sheet takes files, else its address. */
  async function show() {
    button.setAttribute("aria-busy", "true");
    try {
      files ??= await fetched();
      await navigator.share(navigator.canShare?.({ files }) ? { files, text } : { title: "Articket", text, url: link });
    } catch (reason) {
      // A slow line outlasts the press: the picture is here now, and a second press opens the sheet at once.
      if (reason.name === "NotAllowedError" && files) button.textContent = again;
      else if (reason.name !== "AbortError") await take(); // an abort is the visitor's own
    }
    button.removeAttribute("aria-busy");
  }

  async function fetched() {
    const answer = await fetch(share);
    if (!answer.ok) throw new Error("the picture did not come");
    return [new File([await answer.blob()], "articket.jpg", { type: "image/jpeg" })];
  }

  async function take() {
    if (await written()) {
      status.textContent = copied;
      return;
    }
    byHand.hidden = false;
    byHand.querySelector("input").select();
  }

  /** Plain http has no clipboard of the new kind, but the old command. */
  async function written() {
    try {
      await navigator.clipboard.writeText(link);
      return true;
    } catch {
      byHand.hidden = false;
      byHand.querySelector("input").select();
      const done = document.execCommand("copy");
      byHand.hidden = done;
      if (done) button.focus();
      return done;
    }
  }
}
