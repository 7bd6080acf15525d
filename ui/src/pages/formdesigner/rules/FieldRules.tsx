import { useTranslation } from 'react-i18next';
import { usedBy } from '../../../formdesigner/rules';
import type { FormField } from '../../../forms/model';
import { useDesk } from '../desk';
import './rules.css';
import { RuleWords } from './Words';

/** In the panel of a field: the rules that are about it or look at it. */
export function FieldRules({ field }: { field: FormField }) {
  const { t } = useTranslation();
  const { board, toRules } = useDesk();
  const rules = board.rules.filter((rule) => usedBy(rule, board.present).includes(field.id));
  return (
    <section className="fr-of-field">
      <header>
        <b>{t('formRules.title')}</b>
        <button type="button" className="fd-link" onClick={() => toRules(null)}>
          {t(rules.length === 0 ? 'formRules.add' : 'formRules.see')}
        </button>
      </header>
      {rules.length === 0 && <p className="hint">{t('formRules.always')}</p>}
      <ul>
        {rules.map((rule) => (
          <li key={rule.id}>
            <button type="button" onClick={() => toRules(rule.id)}>
              <RuleWords rule={rule} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
