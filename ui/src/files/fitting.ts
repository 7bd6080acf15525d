/** The size of a picture whose longer side is at most so long; 0 keeps it. It never grows. */
export function fitted(width: number, height: number, longSide: number): { width: number; height: number } {
  const longer = Math.max(width, height);
  if (longSide === 0 || longer <= longSide) return { width, height };
  const scale = longSide / longer;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
