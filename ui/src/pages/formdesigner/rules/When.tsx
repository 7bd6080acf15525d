import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from '../../../formdesigner/rules';
import { formulaOf, groupOf } from '../../../formdesigner/rules';
import { useParsed } from '../../../formulaeditor/calls';
import type { EditorField } from '../../../formulaeditor/fields';
import { FormulaEditor } from '../../../formulaeditor/FormulaEditor';
import type { FormField } from '../../../forms/model';
import { BLANK, Conditions } from './Conditions';
import './rules.css';

interface WhenProps {
  formula: string;
  /** What the condition may name. */
  fields: readonly EditorField[];
  /** The form that the fields stand on. */
  drawn: readonly FormField[];
  records?: { app: string; form: string };
  label?: string;
  onChange: (formula: string) => void;
}

/** The condition: put together from fields, operators and values; or as a formula, where it says more than that. */
export function When({ formula, fields, drawn, records, label, onChange }: WhenProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(false);
  // What is being put together may be unfinished: then it is no formula yet.
  const [put, setPut] = useState<{ group: Group; formula: string } | null>(null);
  const parsed = useParsed(formula, fields);
  const read = parsed?.tree == null ? null : groupOf(parsed.tree);
  const blank: Group | null = formula === '' ? { all: true, parts: [BLANK] } : null;
  const group = put !== null && put.formula === formula ? put.group : (read ?? blank);
  const odd = formula !== '' && group === null && parsed !== null;
  if (typed || odd || group === null) {
    return (
      <div className="fr-when">
        <FormulaEditor
          label={label ?? t('formRules.condition')}
          value={formula}
          fields={fields}
          rows={1}
          trying
          {...(records && { records })}
          onChange={onChange}
        />
        {typed && (read !== null || blank !== null) && (
          <Button type="link" size="small" onClick={() => setTyped(false)}>
            {t('formRules.asConditions')}
          </Button>
        )}
        {odd && <p className="hint">{t('formRules.odd')}</p>}
      </div>
    );
  }
  return (
    <div className="fr-when">
      <Conditions
        group={group}
        fields={fields}
        drawn={drawn}
        onChange={(next) => {
          const written = formulaOf(next, fields);
          setPut({ group: next, formula: written });
          onChange(written);
        }}
      />
      <Button type="link" size="small" onClick={() => setTyped(true)}>
        {t('formRules.asFormula')}
      </Button>
    </div>
  );
}
