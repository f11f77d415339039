// The page's sentences. `words` is one language's flat table, or a table per locale where a page speaks several.

function fill(sentence, params) {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name) => (name in params ? params[name] : whole));
}

/**
 * Returns `say(key, params)`; `key_one` is taken when `params.n` is 1, a missing key is shown as it is.
 * `say.fault(code, params)` says a fault, `say.has(key)` tells whether there is a sentence.
 */
export function speaker(words, locale) {
  const book = words[locale] ?? words;
  const faults = book.faults ?? {};
  const say = (key, params = {}) => {
    const one = params.n === 1 ? book[`${key}_one`] : undefined;
    return fill(one ?? book[key] ?? key, params);
  };
  say.has = (key) => key in book;
  say.fault = (code, params = {}) => fill(faults[code] ?? faults["page-gone"] ?? code, params);
  say.locale = locale;
  return say;
}
