// One idempotent PUT, repeated while the network is bad.

const LIMIT_MS = 60_000;
const PAUSES_MS = [1_000, 2_000, 4_000];
const FULL = 507; // waiting makes no room on the booth's disk

/** Resolves with `{ok: true, photo}`, `{ok: false, code, params}` when the server refuses, null when it never arrived. */
export async function upload(url, blob, onProgress) {
  for (let attempt = 0; ; attempt += 1) {
    const { final, answer } = await put(url, blob, onProgress);
    if (final || attempt === PAUSES_MS.length) return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[attempt]));
  }
}

function put(url, blob, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch tells nothing about how much has left
    request.open("PUT", url);
    request.timeout = LIMIT_MS;
    request.responseType = "json";
    if (blob.type) request.setRequestHeader("Content-Type", blob.type);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onerror = request.ontimeout = request.onabort = () => resolve({ final: false, answer: null });
    request.onload = () => resolve(read(request));
    request.send(blob);
  });
}

/** What may pass is tried again; a problem that stays keeps the server's own words. */
function read({ status, response }) {
  if (status >= 200 && status < 300) return { final: true, answer: response ?? { ok: true } };
  const passes = (status >= 500 && status !== FULL) || status === 408 || status === 429;
  const answer = response?.code ? { ok: false, code: response.code, params: response.params ?? {} } : null;
  return { final: answer !== null && !passes, answer };
}
