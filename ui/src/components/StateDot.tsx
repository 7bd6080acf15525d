import { useTranslation } from 'react-i18next';
import './marks.css';

type Shape = 'ring' | 'full' | 'half' | 'square' | 'cross';
type Hue = 'ink' | 'teal' | 'violet' | 'dot-amber' | 'cinnabar' | 'border' | 'text-hint';

/** Hue: who has it. Half full: under way. Cross: gone. */
const LOOKS: Record<string, [Hue, Shape]> = {
  coded: ['ink', 'ring'],
  in_stock: ['ink', 'full'],
  issued: ['ink', 'half'],
  picked: ['ink', 'half'],
  built_in: ['ink', 'square'],
  shipped: ['teal', 'half'],
  at_dealer: ['teal', 'full'],
  sold: ['violet', 'full'],
  on_loan: ['violet', 'half'],
  returned: ['dot-amber', 'full'],
  in_repair: ['dot-amber', 'half'],
  lost: ['cinnabar', 'cross'],
  scrapped: ['border', 'cross'],
  in_use: ['violet', 'full'],
  lent: ['violet', 'half'],
  in_maintenance: ['dot-amber', 'half'],
};

const SHAPES: Record<Shape, React.ReactNode> = {
  ring: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.75" />,
  full: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5z" fill="currentColor" />
    </>
  ),
  square: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" />,
  cross: <path d="M2 2l8 8M10 2L2 10" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />,
};

/** How a life cycle of the user says that a state looks. */
export interface StateLook {
  hue: 'ink' | 'teal' | 'violet' | 'amber' | 'red' | 'grey';
  shape: 'ring' | 'dot' | 'half' | 'square' | 'cross';
}

const HUES: Record<StateLook['hue'], Hue> = {
  ink: 'ink',
  teal: 'teal',
  violet: 'violet',
  amber: 'dot-amber',
  red: 'cinnabar',
  grey: 'border',
};

interface StateDotProps {
  state: string;
  /** The state's name where a life cycle of the user gives it another one. */
  name?: string;
  /** Its look where a life cycle of the user gives it one. */
  look?: StateLook;
  /** Only the dot, e.g. in a drawing; the name is still read aloud. */
  bare?: boolean;
}

/** The state of an item: one coloured dot and a word, the same everywhere. */
export function StateDot({ state, name, look, bare = false }: StateDotProps) {
  const { t } = useTranslation();
  const [hue, shape] = look ? lookOf(look) : (LOOKS[state] ?? ['text-hint', 'full']);
  const word = name ?? t(`state.${state}`, { defaultValue: state });
  return (
    <span className="state-dot">
      <svg width="12" height="12" viewBox="0 0 12 12" style={{ color: `var(--${hue})` }} aria-hidden="true">
        {SHAPES[shape]}
      </svg>
      <span className={bare ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  );
}

function lookOf(look: StateLook): [Hue, Shape] {
  return [HUES[look.hue], look.shape === 'dot' ? 'full' : look.shape];
}
