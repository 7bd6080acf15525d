import { useStates } from '../../components/useStates';

const HUES: Record<string, string> = {
  coded: 'border-soft',
  in_stock: 'ink',
  issued: 'ink',
  picked: 'ink',
  built_in: 'ink',
  shipped: 'teal',
  at_dealer: 'teal',
  sold: 'violet',
  in_use: 'violet',
  lent: 'violet',
  on_loan: 'violet',
  returned: 'dot-amber',
  in_repair: 'dot-amber',
  in_maintenance: 'dot-amber',
  lost: 'cinnabar',
  scrapped: 'border',
};
const LOOKS: Record<string, string> = { amber: 'dot-amber', red: 'cinnabar', grey: 'border' };

interface StateBarProps {
  states: { state: string; quantity: number }[];
  total: number;
}

/** How a quantity is spread over the states, in their colours; the words are its name. */
export function StateBar({ states, total }: StateBarProps) {
  const { named } = useStates();
  const words = states.map(({ state, quantity }) => `${named(state).name} ${quantity.toLocaleString('en')}`);
  if (total <= 0) return null;
  return (
    <span className="state-bar" role="img" aria-label={words.join('，')} title={words.join('\n')}>
      {states.map(({ state, quantity }) => {
        const hue = named(state).look?.hue;
        const colour = hue === undefined ? (HUES[state] ?? 'text-hint') : (LOOKS[hue] ?? hue);
        return <span key={state} style={{ flexGrow: quantity, background: `var(--${colour})` }} />;
      })}
    </span>
  );
}
