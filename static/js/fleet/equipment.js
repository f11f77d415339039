// What a painter is made of and paints with, as short as one says it across a table.

const FOLDERS = /^.*[\\/]/u;
const HASH = /\s*\[[0-9a-f]{6,}\]\s*$/iu;
const ENDING = /\.(safetensors|ckpt|pt|pth|gguf|sft)$/iu;
const BRAND = /^.*?(?:NVIDIA\s+)?(?:GeForce|NVIDIA|AMD|Intel\(R\))\s+/iu;
const AFTER_CARD = /[\s-]*(?::|\(TM\)|SXM|PCI|\d+\s*GB).*$/iu;
const MB_A_GB = 1024;

export const FAMILIES = { sdxl: "SDXL", sd15: "SD 1.5" };
const SOFTWARE = { a1111: "A1111", comfyui: "ComfyUI" };

/** "dreamshaperXL_v21" for "sdxl/dreamshaperXL_v21.safetensors [676f0d60c8]". */
export const modelName = (model) => model.replace(HASH, "").replace(FOLDERS, "").replace(ENDING, "");

/** "RTX 4090" for "cuda:0 NVIDIA GeForce RTX 4090 : native". */
export const cardName = (gpu) => gpu.replace(BRAND, "").replace(AFTER_CARD, "").trim();

/** "15.2 GB", without a zero behind the point. */
export const memory = (mb) => `${(mb / MB_A_GB).toFixed(1).replace(/\.0$/u, "")} GB`;

/** What runs there; undefined where nobody knows yet. */
export const softwareName = ({ software, kind }) => software ?? SOFTWARE[kind];

/** ["RTX 4090", "24 GB", "Forge"], the address instead where nothing is known; the end may be left out. */
export function machine(server) {
  const { gpu, memory_total_mb: total, address } = server;
  const known = [gpu ? cardName(gpu) : null, total ? `${Math.round(total / MB_A_GB)} GB` : null, softwareName(server)].filter(Boolean);
  return known.length > 0 ? known : [(address ?? "").replace(/^https?:\/\//u, "")];
}
