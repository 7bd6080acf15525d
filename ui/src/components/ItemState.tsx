import { StateDot } from './StateDot';
import { useStates } from './useStates';

/** The state of an item, by the name and look that its life cycle gives it. */
export function ItemState({ state }: { state: string }) {
  const { named } = useStates();
  const { name, look } = named(state);
  return <StateDot state={state} name={name} {...(look && { look })} />;
}
