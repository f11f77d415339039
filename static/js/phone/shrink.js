// A photo leaves the phone no larger than a painter needs, without its place and date; what the browser cannot read goes as it is.

const LONGEST_PX = 2_000;
const QUALITY = 0.85;

/** Resolves with `{blob, url, width, height}`; `url`, `width` and `height` are null where nothing can be shown. */
export async function shrink(file) {
  try {
    const picture = await createImageBitmap(file); // turns it upright by its EXIF note
    const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height); // straight into the small one: iOS caps canvases
    picture.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob) throw new Error("no picture from the canvas");
    return { blob, url: URL.createObjectURL(blob), width: canvas.width, height: canvas.height };
  } catch {
    return { blob: file, url: null, width: null, height: null };
  }
}
