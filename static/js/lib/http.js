// The API by plain HTTP: what a page uses while its socket does not come up.

const LIMIT_MS = 8_000;

/** An answer of the server that says no, with the code that the words know. */
export class Refusal extends Error {
  constructor(status, code, params = {}) {
    super(code);
    Object.assign(this, { status, code, params });
  }
}

/**
 * Fetches JSON. A problem becomes a Refusal, whose code is empty where something on the way answered in the booth's
 * stead; silence is an AbortError, no network or a stranger's page a TypeError.
 */
export async function ask(url, { method = "GET", body, limit = LIMIT_MS } = {}) {
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), limit);
  try {
    const response = await fetch(url, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      cache: "no-store",
      signal: stop.signal,
    });
    const answer = await told(response);
    if (!response.ok && answer?.ok === undefined) throw new Refusal(response.status, answer?.code ?? "", answer?.params);
    if (!answer) throw new TypeError("a page came where the booth answers in JSON");
    return answer;
  } finally {
    clearTimeout(alarm);
  }
}

/** The JSON object that the booth said, or null: proxies and Wi-Fi portals answer with pages of their own. */
async function told(response) {
  const answer = await response.json().catch((reason) => {
    if (reason.name === "AbortError") throw reason;
    return null;
  });
  return typeof answer === "object" ? answer : null;
}
