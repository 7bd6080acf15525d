import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../labels/declared';
import { getFields } from './calls';

const NONE: Field[] = [];

/** What a label can show, with the values of an item. */
export function useFields(item: string | null): Field[] {
  const { i18n } = useTranslation();
  const ofItem = useQuery({
    queryKey: ['labels', 'fields', item, i18n.language],
    queryFn: ({ signal }) => getFields(item, signal),
    placeholderData: keepPreviousData,
  });
  // A code that nothing has: the fields are there all the same, with examples.
  const examples = useQuery({
    queryKey: ['labels', 'fields', null, i18n.language],
    queryFn: ({ signal }) => getFields(null, signal),
    enabled: ofItem.isError,
  });
  return ofItem.data ?? examples.data ?? NONE;
}
