import './segmented.css';

/** One part of a code and the kind of segment that made it. */
export interface CodePart {
  kind: string;
  text: string;
}

/** A code whose parts have the colours of their segments, the same wherever a rule is shown. */
export function SegmentedCode({ parts, size = 'normal' }: { parts: CodePart[]; size?: 'normal' | 'large' }) {
  return (
    <span className={`seg-code mono seg-code-${size}`}>
      {parts.map((part, place) => (
        <span key={place} className={segmentClass(part.kind)}>
          {part.text}
        </span>
      ))}
    </span>
  );
}

const KNOWN = new Set(['constant', 'product', 'date', 'field', 'counter', 'random', 'check']);

/** The class that sets the colour of a kind of segment; its `--seg` is the colour. */
export function segmentClass(kind: string): string {
  return `seg seg-${KNOWN.has(kind) ? kind : 'constant'}`;
}
