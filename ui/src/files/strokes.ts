/** A line as the pen went. */
export type Stroke = readonly { x: number; y: number }[];

/** The colour of the pen, by day and by night. */
export const INK = 'black';
const WIDTH = 3.2;
const EDGE = 12;
const SCALE = 2;

/** The smallest box around strokes, with an edge. */
export function boxOf(strokes: readonly Stroke[]): {
  left: number;
  top: number;
  width: number;
  height: number;
} {
  const points = strokes.flat();
  const left = Math.min(...points.map((one) => one.x)) - EDGE;
  const top = Math.min(...points.map((one) => one.y)) - EDGE;
  return {
    left,
    top,
    width: Math.max(...points.map((one) => one.x)) + EDGE - left,
    height: Math.max(...points.map((one) => one.y)) + EDGE - top,
  };
}

/** Draw a stroke as a soft curve; a single point as a dot. */
export function draw(pen: CanvasRenderingContext2D, stroke: Stroke): void {
  const [first] = stroke;
  if (first === undefined) return;
  pen.lineWidth = WIDTH;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.beginPath();
  pen.moveTo(first.x, first.y);
  let before = first;
  for (const point of stroke.slice(1)) {
    pen.quadraticCurveTo(before.x, before.y, (before.x + point.x) / 2, (before.y + point.y) / 2);
    before = point;
  }
  pen.lineTo(before.x, before.y);
  pen.stroke();
}

/** Strokes as a picture that is no larger than they are. */
export function pictureOf(strokes: readonly Stroke[]): Promise<Blob> {
  const box = boxOf(strokes);
  return painted(box.width, box.height, (pen) => {
    pen.translate(-box.left, -box.top);
    for (const stroke of strokes) draw(pen, stroke);
  });
}

/** A name in letters as a picture, which says that it was typed. */
export function typedPicture(name: string, note: string): Promise<Blob> {
  const letter = 48;
  return painted(Math.max(240, Array.from(name).length * letter + 4 * EDGE), 104, (pen) => {
    pen.font = `${letter}px "STKaiti", "KaiTi", "Noto Serif SC", serif`;
    pen.textBaseline = 'middle';
    pen.fillText(name, 2 * EDGE, 42);
    pen.font = '14px sans-serif';
    pen.fillStyle = 'dimgray';
    pen.fillText(note, 2 * EDGE, 86);
  });
}

function painted(
  width: number,
  height: number,
  paint: (pen: CanvasRenderingContext2D) => void,
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * SCALE);
  canvas.height = Math.ceil(height * SCALE);
  const pen = canvas.getContext('2d');
  if (pen === null) return Promise.reject(new Error('no canvas'));
  pen.scale(SCALE, SCALE);
  // On white, so that it is read on any ground.
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = pen.strokeStyle = INK;
  paint(pen);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('no picture'));
      else resolve(blob);
    }, 'image/png');
  });
}
