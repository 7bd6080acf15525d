import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { http } from '../api/http';
import type { StateLook } from './StateDot';

/** A state as a life cycle draws it. */
export interface DrawnState extends StateLook {
  code: string;
  zh: string;
  en: string;
}

interface Cycles {
  life_cycles: { code: string; states: DrawnState[] }[];
}

/** What a state is called and how it looks, also where a life cycle of the user has drawn it. */
export function useStates(): {
  all: DrawnState[];
  named: (state: string) => { name: string; look: StateLook | undefined };
} {
  const { t, i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: ['life_cycles', 'states'],
    queryFn: ({ signal }) => http.get<Cycles>('/life-cycles', undefined, signal),
    staleTime: 5 * 60_000,
    retry: false,
  });
  const all = distinct(data);
  const named = useCallback(
    (state: string) => {
      const drawn = distinct(data).find((one) => one.code === state);
      const own = t(`state.${state}`, { defaultValue: '' });
      const name = own !== '' ? own : drawn ? (i18n.language === 'en' ? drawn.en : drawn.zh) : state;
      return { name, look: own === '' ? drawn : undefined };
    },
    [data, t, i18n.language],
  );
  return { all, named };
}

function distinct(cycles: Cycles | undefined): DrawnState[] {
  const found = new Map<string, DrawnState>();
  for (const cycle of cycles?.life_cycles ?? []) {
    for (const state of cycle.states) if (!found.has(state.code)) found.set(state.code, state);
  }
  return [...found.values()];
}
