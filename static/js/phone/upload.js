// One idempotent PUT, repeated while the network is bad, and made smaller for a network that lets no large photo through.
import { smaller } from "@articket/phone/shrink.js";

const LIMIT_MS = 60_000;
const PAUSES_MS = [1_000, 2_000, 4_000];
const FULL = 507; // waiting makes no room on the booth's disk
const TOO_BIG = 413; // without a word of ours: what stands between us and the booth says so

/**
 * Resolves with `{ok: true, photo}`, `{ok: false, code, params}` when the server refuses, `{ok: false, narrow: true}`
 * when something on the way lets it through in no size, null when it never arrived. `on.progress(part)` hears how much
 * has left, `on.smaller()` that a smaller one is next.
 */
export async function upload(url, blob, on) {
  let sent = blob;
  for (let attempt = 0; ; ) {
    const { final, answer, tooBig, tooSlow } = await put(url, sent, on.progress);
    if (final) return answer;
    const unheard = !answer && attempt > 0; // some browsers tell a refusal from a broken line no better than that
    const less = tooBig || tooSlow || unheard ? await smaller(sent) : null;
    if (less) on.smaller();
    else if (tooBig) return { ok: false, narrow: true };
    sent = less ?? sent;
    if (tooBig) continue; // each time a smaller one, so it ends
    if (attempt === PAUSES_MS.length) return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[attempt]));
    attempt += 1;
  }
}

function put(url, blob, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch tells nothing about how much has left
    request.open("PUT", url);
    request.timeout = LIMIT_MS;
    request.responseType = "json"; // null for a proxy's page
    if (blob.type) request.setRequestHeader("Content-Type", blob.type);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onerror = request.onabort = () => resolve({ final: false, answer: null });
    request.ontimeout = () => resolve({ final: false, answer: null, tooSlow: true });
    request.onload = () => resolve(read(request));
    request.send(blob);
  });
}

/** What may pass is tried again; a problem that stays keeps the server's own words. */
function read({ status, response }) {
  if (status >= 200 && status < 300) return { final: response?.ok === true, answer: response?.ok ? response : null };
  const passes = (status >= 500 && status !== FULL) || status === 408 || status === 429;
  const answer = response?.code ? { ok: false, code: response.code, params: response.params ?? {} } : null;
  return { final: answer !== null && !passes, answer, tooBig: status === TOO_BIG && !answer };
}
