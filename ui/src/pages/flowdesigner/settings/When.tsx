import { useTranslation } from 'react-i18next';
import type { FlowNode } from '../../../flowdesigner/tree';
import { When as Condition } from '../../formdesigner/rules/When';
import { useDesk } from '../desk';
import { textOf, useOption } from './useOption';

/** Of a way of a branch: when it is taken; the last is taken otherwise. */
export function When({ node, last }: { node: FlowNode; last: boolean }) {
  const { t } = useTranslation();
  const { app, form, formulaFields } = useDesk();
  const [value, set] = useOption(node, 'when');
  if (last) return <p className="fw-note">{t('flowdesigner.otherwiseHow')}</p>;
  return (
    <div className="fw-rows">
      <p className="hint">{t('flowdesigner.whenHow')}</p>
      <Condition
        formula={textOf(value)}
        fields={formulaFields}
        drawn={form.fields}
        records={{ app, form: form.code }}
        label={t('flowdesigner.when')}
        onChange={(next) => set(next === '' ? undefined : next)}
      />
    </div>
  );
}
