import { Input, Select, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { tableOfRule } from '../../../formdesigner/rules';
import { holdsOf } from '../../../formdesigner/declared';
import { FormulaEditor } from '../../../formulaeditor/FormulaEditor';
import type { FormField, Rule, RuleKind } from '../../../forms/model';
import { useDesk } from '../desk';
import { useRuleFields } from './useRuleFields';
import { When } from './When';
import { RuleWords } from './Words';

interface RuleEditorProps {
  rule: Rule;
  onChange: (rule: Rule) => void;
}

const KINDS: RuleKind[] = ['show', 'require', 'lock', 'check', 'set'];

/** One rule: what it does, when, to which fields. */
export function RuleEditor({ rule, onChange }: RuleEditorProps) {
  const { t } = useTranslation();
  const { app, form, board } = useDesk();
  const table = tableOfRule(rule, board.present);
  const fields = useRuleFields(table);
  const set = (values: Partial<Rule>) => onChange({ ...rule, ...values });
  const records = form.version === null ? undefined : { app, form: form.code };
  return (
    <section className="fr-editor" aria-label={rule.name}>
      <p className="fr-words">
        <RuleWords rule={rule} />
      </p>
      <label className="fr-row">
        <span>{t('name')}</span>
        <Input value={rule.name} maxLength={100} onChange={(event) => set({ name: event.target.value })} />
      </label>
      <div className="fr-row">
        <span>{t('formRules.what')}</span>
        <Segmented<RuleKind>
          aria-label={t('formRules.what')}
          value={rule.kind}
          options={KINDS.map((value) => ({ value, label: t(`formRules.kind.${value}`) }))}
          onChange={(kind) => set({ kind })}
        />
      </div>
      <div className="fr-row">
        <span>{t('formRules.fields')}</span>
        <Targets rule={rule} onChange={(ids) => set({ fields: ids })} />
      </div>
      <div className="fr-row fr-tall">
        <span>{t(rule.kind === 'check' ? 'formRules.holds' : 'formRules.condition')}</span>
        <When
          key={rule.id}
          formula={rule.when}
          fields={fields}
          drawn={board.present}
          {...(records && { records })}
          onChange={(when) => set({ when })}
        />
      </div>
      {rule.kind === 'set' && (
        <div className="fr-row fr-tall">
          <span>{t('formRules.valueOf')}</span>
          <FormulaEditor
            label={t('formRules.valueOf')}
            value={rule.value ?? ''}
            fields={fields}
            rows={1}
            trying
            {...(records && { records })}
            onChange={(value) => set({ value })}
          />
        </div>
      )}
      {rule.kind === 'check' && (
        <label className="fr-row">
          <span>{t('formRules.message')}</span>
          <Input
            value={rule.message ?? ''}
            maxLength={500}
            placeholder={t('formRules.messageHow')}
            onChange={(event) => set({ message: event.target.value })}
          />
        </label>
      )}
    </section>
  );
}

/** The fields that the rule is about, chosen by their titles. */
function Targets({ rule, onChange }: { rule: Rule; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation();
  const { board, kinds } = useDesk();
  const fits = (one: FormField) => {
    if (rule.kind === 'show' || rule.kind === 'check') return true;
    const kind = kinds.get(one.kind);
    const made = kind?.derived === true || kind?.issued === true || kind?.computed === true;
    const holds = holdsOf(one, kinds);
    return (holds === 'value' && !made) || (holds === 'rows' && rule.kind !== 'set');
  };
  const options = (fields: readonly FormField[], before = ''): { value: string; label: string }[] =>
    fields.flatMap((one) => [
      ...(fits(one) ? [{ value: one.id, label: before + one.title }] : []),
      ...options(one.fields ?? [], holdsOf(one, kinds) === 'rows' ? `${one.title} · ` : before),
    ]);
  const all = options(board.present);
  const gone = rule.fields.filter((id) => !all.some((one) => one.value === id));
  return (
    <Select<string[]>
      mode="multiple"
      aria-label={t('formRules.fields')}
      placeholder={t(rule.kind === 'check' ? 'formRules.checkedFields' : 'formRules.chooseFields')}
      value={rule.fields}
      status={gone.length > 0 ? 'error' : ''}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...all, ...gone.map((value) => ({ value, label: t('formRules.gone') }))]}
      onChange={onChange}
    />
  );
}
