import { useTranslation } from 'react-i18next';
import { groupOf } from '../../formdesigner/rules';
import { useParsed } from '../../formulaeditor/calls';
import { GroupWords } from '../formdesigner/rules/Words';
import { useDesk } from './desk';

/** The condition of a way, in words. */
export function Says({ when }: { when: string }) {
  const { t } = useTranslation();
  const { formulaFields } = useDesk();
  const parsed = useParsed(when, formulaFields);
  if (when === '') return <>{t('flowdesigner.defaultHow')}</>;
  const group = parsed?.tree == null ? null : groupOf(parsed.tree);
  return group === null ? <code>{when}</code> : <GroupWords group={group} fields={formulaFields} />;
}
