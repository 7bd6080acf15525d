import { useLocation } from 'react-router';
import type { TaskOrder } from '../../flows/queries';

/** In which order the reader came here; from anywhere but the work list what presses comes first. */
export function useOrder(): TaskOrder {
  const state = useLocation().state as { order?: unknown } | null;
  return state?.order === 'newest' ? 'newest' : 'pressing';
}
