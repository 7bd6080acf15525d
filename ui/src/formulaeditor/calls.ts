import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { http } from '../api/http';
import type { Answer } from '../api/whole';
import type { Node } from '../formula';
import type { EditorField } from './fields';

/** One function, as the server tells of it. */
export type FormulaFunction = Answer<'FormulaFunction'>;

/** What a formula means, or what is wrong with it and where. */
export type Parsed = Omit<Answer<'FormulaParsed'>, 'tree'> & { tree: Node | null };

/** All functions, by family. */
export function useFunctions() {
  return useQuery({
    queryKey: ['formulas', 'functions'],
    queryFn: ({ signal }) => http.get<Answer<'FormulaFunctions'>>('/formulas/functions', undefined, signal),
    staleTime: Infinity,
  });
}

/** Read a formula. */
export const parse = (formula: string, fields: readonly EditorField[] | null) =>
  http.post<Parsed>('/formulas:parse', {
    formula,
    fields: fields?.map(({ code, title, shape }) => ({ code, title, shape })) ?? null,
  });

const REST_MS = 200;

/** What a formula means, asked at each pause in typing; null while it is empty or not yet known. */
export function useParsed(formula: string, fields: readonly EditorField[]): Parsed | null {
  const [asked, setAsked] = useState(formula);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(formula), REST_MS);
    return () => clearTimeout(timer);
  }, [formula]);
  const { data } = useQuery({
    queryKey: ['formulas', 'parse', asked, fields],
    queryFn: () => parse(asked, fields),
    enabled: asked.trim() !== '',
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return formula === asked && formula.trim() !== '' ? (data ?? null) : null;
}
