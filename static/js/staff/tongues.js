// Languages by the name their own speakers give them, or the page's.

/** "한국어" for ("ko", "ko"), "Korean" for ("ko", "en"). */
export function tongue(code, locale = code) {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code);
  } catch {
    return code; // a pack may invent a language
  }
}

/** Gives each link to another language that language's own name. */
export function nameWays() {
  for (const link of document.querySelectorAll("[data-tongue]")) link.textContent = tongue(link.dataset.tongue);
}
