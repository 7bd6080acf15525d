import type { Answer } from './world';

/** The shape of an answer: circle with ✓, octagon with ×, square with =; told apart without colours. */
export function AnswerSign({ kind, size }: { kind: Answer['kind']; size: number }) {
  return (
    <svg className={`sign sign-${kind}`} width={size} height={size} viewBox="0 0 96 96" aria-hidden="true">
      {SHAPES[kind]}
    </svg>
  );
}

const LINE = { fill: 'none', strokeWidth: 11, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const SHAPES: Record<Answer['kind'], React.ReactNode> = {
  right: (
    <>
      <circle className="sign-body" cx="48" cy="48" r="46" />
      <path className="sign-line" d="M27 50l14 14 28-31" {...LINE} />
    </>
  ),
  wrong: (
    <>
      <path className="sign-body" d="M29 2h38l27 27v38L67 94H29L2 67V29z" />
      <path className="sign-line" d="M33 33l30 30M63 33L33 63" {...LINE} />
    </>
  ),
  again: (
    <>
      <rect className="sign-body" x="4" y="4" width="88" height="88" rx="16" />
      <path className="sign-line" d="M29 38h38M29 58h38" {...LINE} />
    </>
  ),
  unchecked: (
    <>
      <circle
        className="sign-ring"
        cx="48"
        cy="48"
        r="42"
        fill="none"
        strokeWidth="7"
        strokeDasharray="14 10"
      />
      <path className="sign-line" d="M48 26v26M48 68v1" {...LINE} />
    </>
  ),
  ask: (
    <>
      <path className="sign-body" d="M48 2l46 46-46 46L2 48z" />
      <path
        className="sign-line"
        d="M37 38a11 11 0 1 1 15 10c-3 1-4 3-4 7M48 70v1"
        {...LINE}
        strokeWidth={9}
      />
    </>
  ),
  note: (
    <>
      <circle className="sign-body" cx="48" cy="48" r="46" />
      <path className="sign-line" d="M48 46v24M48 28v1" {...LINE} />
    </>
  ),
};
