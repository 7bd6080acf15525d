import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition, Group } from '../../../formdesigner/rules';
import { groupOf, tableOfRule } from '../../../formdesigner/rules';
import { walk } from '../../../formdesigner/tree';
import { useParsed } from '../../../formulaeditor/calls';
import type { EditorField } from '../../../formulaeditor/fields';
import type { Rule } from '../../../forms/model';
import { useDesk } from '../desk';
import { useRuleFields } from './useRuleFields';

/** What a rule means, in words: 当 结果 = 不合格 时，显示 原因、处理人. */
export function RuleWords({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const { board } = useDesk();
  const fields = useRuleFields(tableOfRule(rule, board.present));
  const parsed = useParsed(rule.when, fields);
  const group = parsed?.tree == null ? null : groupOf(parsed.tree);
  const all = walk(board.present);
  const titles = rule.fields.map((id) => all.find((one) => one.id === id)?.title);
  return (
    <>
      {t(rule.kind === 'check' ? 'formRules.mustHold' : 'formRules.when')}{' '}
      {rule.when === '' ? (
        <em className="fr-open">{t('formRules.noCondition')}</em>
      ) : group === null ? (
        <code>{rule.when}</code>
      ) : (
        <GroupWords group={group} fields={fields} />
      )}
      {t(`formRules.does.${rule.kind}`)} {rule.kind === 'check' && <q>{rule.message}</q>}
      {rule.kind !== 'check' &&
        titles.map((title, at) => (
          <Fragment key={at}>
            {at > 0 && '、'}
            {title === undefined ? <em className="fr-gone">{t('formRules.gone')}</em> : <b>{title}</b>}
          </Fragment>
        ))}
      {rule.kind !== 'check' && titles.length === 0 && <em className="fr-open">{t('formRules.noFields')}</em>}
      {rule.kind === 'set' && (
        <>
          {' '}
          {t('formRules.to')} <code>{rule.value}</code>
        </>
      )}
    </>
  );
}

/** What a group of conditions means, in words: 数量 > 100 且 结果 = 合格. */
export function GroupWords({ group, fields }: { group: Group; fields: readonly EditorField[] }) {
  const { t } = useTranslation();
  return group.parts.map((part, at) => (
    <Fragment key={at}>
      {at > 0 && ` ${t(group.all ? 'formRules.and' : 'formRules.or')} `}
      {'parts' in part ? (
        <>
          （<GroupWords group={part} fields={fields} />）
        </>
      ) : (
        <ConditionWords condition={part} fields={fields} />
      )}
    </Fragment>
  ));
}

const SIGNS: Partial<Record<string, string>> = { eq: '=', ne: '≠', lt: '<', le: '≤', gt: '>', ge: '≥' };

function ConditionWords({ condition, fields }: { condition: Condition; fields: readonly EditorField[] }) {
  const { t } = useTranslation();
  const { field, operator, value } = condition;
  const title = fields.find((one) => one.code === field)?.title;
  return (
    <span className="fr-condition-words">
      {title ?? (
        <em className="fr-gone">
          {field} {t('formRules.gone')}
        </em>
      )}{' '}
      {SIGNS[operator] ?? t(`formRules.operator.${operator}`)}{' '}
      {Array.isArray(value) ? value.join('、') : value}
    </span>
  );
}
