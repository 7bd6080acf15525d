import { fitted } from './fitting';

interface How {
  /** Pixels of the longer side; 0 keeps it. */
  longSide: number;
  marks: readonly string[];
}

const QUALITY = 0.85;
/** Below this a picture that is small enough in pixels is sent as it is. */
const LIGHT = 1_500_000;
const KEPT = new Set(['image/gif', 'image/tiff', 'image/svg+xml']);

/** Thrown where a picture must be written into and the browser cannot open it. */
export class UnreadablePictureError extends Error {}

/** Make a photo as large as wanted, upright, with marks written into it; what cannot be opened is sent as it is. */
export async function shrink(file: File, how: How): Promise<{ blob: Blob; name: string }> {
  const marked = how.marks.length > 0;
  const plain = { blob: file, name: file.name };
  if (!marked && (how.longSide === 0 || !file.type.startsWith('image/') || KEPT.has(file.type))) return plain;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    if (marked) throw new UnreadablePictureError();
    return plain;
  }
  try {
    const size = fitted(picture.width, picture.height, how.longSide);
    if (!marked && size.width === picture.width && file.size < LIGHT) return plain;
    const canvas = document.createElement('canvas');
    canvas.width = size.width;
    canvas.height = size.height;
    const pen = canvas.getContext('2d');
    if (pen === null) return plain;
    // What is clear would come out black.
    pen.fillStyle = 'white';
    pen.fillRect(0, 0, size.width, size.height);
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, 0, 0, size.width, size.height);
    if (marked) write(pen, how.marks, size.width, size.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
    // A drawing may come out larger than it was.
    if (blob === null || (!marked && blob.size >= file.size)) return plain;
    return { blob, name: `${file.name.replace(/\.[^.]*$/, '')}.jpg` };
  } finally {
    picture.close();
  }
}

/** Write lines into the lower left corner, on a dark ground so that they are read on any picture. */
function write(pen: CanvasRenderingContext2D, lines: readonly string[], width: number, height: number): void {
  const letter = Math.max(14, Math.round(Math.min(width, height) / 28));
  const step = Math.round(letter * 1.5);
  pen.font = `${letter}px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif`;
  pen.textBaseline = 'middle';
  const wide = Math.min(width, Math.max(...lines.map((line) => pen.measureText(line).width)) + letter * 2);
  const tall = lines.length * step + letter;
  pen.fillStyle = 'rgba(0, 0, 0, 0.55)';
  pen.fillRect(0, height - tall, wide, tall);
  pen.fillStyle = 'white';
  lines.forEach((line, at) =>
    pen.fillText(line, letter, height - tall + letter / 2 + step * (at + 0.5), wide - letter * 2),
  );
}
