// A photo leaves the phone no larger than a painter needs, without its place and date; what the browser cannot read goes as it is.

const LONGEST_PX = 2_000;
const QUALITIES = [0.85, 0.75, 0.65];
const FITS_BYTES = 900_000; // many a proxy lets no more than a megabyte through
const LESS = 0.7; // a side, from one size to the next smaller one
const LEAST_PX = 300; // of the shorter side: what a painter can still paint

/** Resolves with `{blob, url, width, height}`; `url`, `width` and `height` are null where nothing can be shown. */
export async function shrink(file) {
  try {
    const picture = await createImageBitmap(file); // turns it upright by its EXIF note
    const canvas = drawn(picture, Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height)));
    const blob = await fitting(canvas);
    return { blob, url: URL.createObjectURL(blob), width: canvas.width, height: canvas.height };
  } catch {
    return { blob: file, url: null, width: null, height: null };
  }
}

/** Resolves with the next smaller photo, or null where this is the smallest, or none can be made here. */
export async function smaller(blob) {
  try {
    const picture = await createImageBitmap(blob);
    if (Math.min(picture.width, picture.height) * LESS < LEAST_PX) return null;
    const less = await encoded(drawn(picture, LESS), QUALITIES[1]);
    return less.size < blob.size ? less : null;
  } catch {
    return null;
  }
}

function drawn(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height); // straight into the small one: iOS caps canvases
  picture.close();
  return canvas;
}

/** The best quality that fits, or the last one. */
async function fitting(canvas) {
  let blob;
  for (const quality of QUALITIES) {
    blob = await encoded(canvas, quality);
    if (blob.size <= FITS_BYTES) break;
  }
  return blob;
}

async function encoded(canvas, quality) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  if (!blob) throw new Error("no picture from the canvas");
  return blob;
}
