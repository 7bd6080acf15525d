import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { assign } from '../import/wizard';
import type { RecordGuess, RecordPlan } from './calls';
import { lacking, mappedAs } from './progress';

interface TargetMappingProps {
  guess: RecordGuess;
  plan: RecordPlan;
  onChange: (plan: RecordPlan) => void;
}

/** Which column is which field: guessed, and changeable. */
export function TargetMapping({ guess, plan, onChange }: TargetMappingProps) {
  const { t } = useTranslation();
  const used = new Set(Object.values(plan.mapping));
  const needs = lacking(guess, plan);
  return (
    <section className="card mapping" aria-label={t('import.mapping')}>
      <div className="card-head">
        <h2>{t('import.mapping')}</h2>
        <span className="hint">
          {t('import.mapped', {
            count: guess.columns.length,
            mapped: used.size,
            left: guess.columns.length - used.size,
          })}
        </span>
      </div>
      <div className="mapping-head">
        <span>{t('import.column')}</span>
        <span>{t('import.field')}</span>
      </div>
      <ul>
        {guess.columns.map((column) => (
          <ColumnRow
            key={column.number}
            guess={guess}
            column={column}
            plan={plan}
            used={used}
            onTarget={(target) => onChange(mappedAs(plan, assign(plan.mapping, column.name, target)))}
          />
        ))}
      </ul>
      {guess.tables.length > 0 && (
        <div className="mapping-free">
          {guess.tables.map((one) => (
            <p key={one.sheet} className="hint">
              <Icon name="check" size={14} /> {t('imports.sheetFound', one)}
            </p>
          ))}
        </div>
      )}
      {needs.length > 0 && (
        <div className="mapping-free">
          <p className="imports-needs">
            <Icon name="warning" size={16} /> {t('imports.needs', { what: needs.join('、') })}
          </p>
        </div>
      )}
    </section>
  );
}

interface ColumnRowProps {
  guess: RecordGuess;
  column: RecordGuess['columns'][number];
  plan: RecordPlan;
  used: ReadonlySet<string>;
  onTarget: (target: string) => void;
}

function ColumnRow({ guess, column, plan, used, onTarget }: ColumnRowProps) {
  const { t } = useTranslation();
  const target = plan.mapping[column.name] ?? '';
  const example = guess.rows.map((row) => row[column.number - 1] ?? '').find((cell) => cell.trim() !== '');
  const options = [
    { value: '', search: t('import.skip'), label: <span className="muted">{t('import.skip')}</span> },
    ...guess.targets.map((one) => ({
      value: one.name,
      search: `${one.title} ${one.name}`,
      label: (
        <span className={used.has(one.name) && one.name !== target ? 'muted' : undefined}>
          {one.title}
          {one.required && ' *'}
          {!one.writable && <span className="hint"> {t('imports.onlyKey')}</span>}
        </span>
      ),
    })),
  ];
  const how = target === '' ? '' : target === column.target ? 'auto' : 'hand';
  return (
    <li className="column">
      <span className="column-name">
        <b>{column.name === '' ? column.letters : column.name}</b>
        <span className="hint">
          {example === undefined ? t('import.blank') : t('import.example')}{' '}
          <span className="mono">{example}</span>
        </span>
      </span>
      <Icon name="right" size={14} />
      <span className="column-field">
        <Select<string>
          value={target}
          options={options}
          aria-label={t('import.fieldOf', { column: column.name })}
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: 'search' }}
          onChange={onTarget}
        />
      </span>
      <span className={how === 'auto' ? 'column-how how-auto' : 'column-how'}>
        {plan.keys.includes(target) ? t('imports.key') : how !== '' && t(`imports.how.${how}`)}
      </span>
    </li>
  );
}
