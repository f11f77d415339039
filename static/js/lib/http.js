// The API by plain HTTP: what a page uses while its socket does not come up.

const LIMIT_MS = 8_000;

/** An answer of the server that says no, with the code that the words know. */
export class Refusal extends Error {
  constructor(status, code, params = {}) {
    super(code);
    Object.assign(this, { status, code, params });
  }
}

/** Fetches JSON; a problem becomes a Refusal, silence an AbortError, no network a TypeError. */
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
    const answer = await response.json().catch(() => ({}));
    if (!response.ok && answer.ok === undefined) throw new Refusal(response.status, answer.code ?? "", answer.params);
    return answer;
  } finally {
    clearTimeout(alarm);
  }
}
