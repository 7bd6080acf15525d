import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { editorFields } from '../../../formulaeditor/fields';
import { useDesk } from '../desk';

/** The fields that a formula may name: within a sub-table its columns first, then those around it. */
export function useRuleFields(table: string | null) {
  const { board, kinds } = useDesk();
  const { i18n } = useTranslation();
  return useMemo(
    () => editorFields(board.present, kinds, table, i18n.language),
    [board.present, kinds, table, i18n.language],
  );
}
