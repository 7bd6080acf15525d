import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNamed } from '../../api/operations';
import { Icon } from '../../components/Icon';
import { PlaceSelect, ProductSelect } from '../../components/pickers';
import { useStates } from '../../components/useStates';
import type { Guess, Plan } from './calls';
import { assign, exampleOf, lacking } from './wizard';

const FREE = 'identifier:';
const NAMESPACE = /^[a-z][a-z0-9_]{0,31}$/;

interface MappingViewProps {
  guess: Guess;
  plan: Plan;
  onChange: (plan: Plan) => void;
}

/** Which column is which field: guessed, chosen, or dragged there. */
export function MappingView({ guess, plan, onChange }: MappingViewProps) {
  const { t } = useTranslation();
  const named = useNamed();
  const [dragged, setDragged] = useState<string | null>(null);
  const used = new Set(Object.values(plan.mapping));
  const put = (column: string, field: string) =>
    onChange({ ...plan, mapping: assign(plan.mapping, column, field) });
  const free = guess.fields.filter((field) => !used.has(field.name));
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
            field={plan.mapping[column.name] ?? ''}
            used={used}
            target={dragged !== null}
            onField={(field) => put(column.name, field)}
            onDrop={() => {
              if (dragged !== null) put(column.name, dragged);
              setDragged(null);
            }}
          />
        ))}
      </ul>
      <div className="mapping-free">
        <h3>{t('import.freeFields')}</h3>
        <p className="hint">{t('import.dragHow')}</p>
        <div className="chips">
          {free.map((field) => (
            <span
              key={field.name}
              className={needs.includes(field.name) ? 'field-chip field-needed' : 'field-chip'}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData('text/plain', field.name);
                event.dataTransfer.effectAllowed = 'move';
                setDragged(field.name);
              }}
              onDragEnd={() => setDragged(null)}
            >
              <Icon name="drag" size={12} /> {named(field)}
              {field.needed && ' *'}
            </span>
          ))}
        </div>
      </div>
      <Defaults plan={plan} used={used} onChange={onChange} />
    </section>
  );
}

interface ColumnRowProps {
  guess: Guess;
  column: Guess['columns'][number];
  field: string;
  used: Set<string>;
  /** Something is being dragged. */
  target: boolean;
  onField: (field: string) => void;
  onDrop: () => void;
}

function ColumnRow({ guess, column, field, used, target, onField, onDrop }: ColumnRowProps) {
  const { t } = useTranslation();
  const named = useNamed();
  const [over, setOver] = useState(false);
  const [naming, setNaming] = useState(false);
  const guessed = guess.mapping[column.name] ?? '';
  const own = field.startsWith(FREE);
  const options = [
    { value: '', label: <span className="muted">{t('import.skip')}</span> },
    ...guess.fields.map((one) => ({
      value: one.name,
      label: (
        <span className={used.has(one.name) && one.name !== field ? 'muted' : undefined}>
          {named(one)}
          {one.needed && ' *'}
        </span>
      ),
      search: `${one.zh} ${one.en} ${one.name}`,
    })),
    { value: FREE, label: t('import.ownIdentifier') },
  ];
  const example = exampleOf(guess, column.number);
  return (
    <li
      className={over && target ? 'column column-over' : 'column'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop();
      }}
    >
      <span className="column-name">
        <b>{column.name}</b>
        <span className="hint">
          {example === '' ? t('import.blank') : t('import.example')} <span className="mono">{example}</span>
        </span>
      </span>
      <Icon name="right" size={14} />
      <span className="column-field">
        <Select<string>
          value={own || naming ? FREE : field}
          options={options}
          aria-label={t('import.fieldOf', { column: column.name })}
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: 'search' }}
          onChange={(next) => {
            setNaming(next === FREE);
            if (next !== FREE) onField(next);
          }}
        />
        {(own || naming) && (
          <Input
            className="mono"
            size="small"
            defaultValue={own ? field.slice(FREE.length) : ''}
            placeholder={t('import.ownExample')}
            aria-label={t('import.ownName')}
            onBlur={(event) => {
              const name = event.target.value.trim();
              if (NAMESPACE.test(name)) onField(FREE + name);
              else if (name === '') {
                setNaming(false);
                onField('');
              }
            }}
          />
        )}
      </span>
      <span
        className={
          field === '' ? 'column-how muted' : field === guessed ? 'column-how how-auto' : 'column-how'
        }
      >
        {field === '' ? '' : t(field === guessed ? 'import.auto' : 'import.byHand')}
      </span>
    </li>
  );
}

interface DefaultsProps {
  plan: Plan;
  used: Set<string>;
  onChange: (plan: Plan) => void;
}

/** Values for the whole file, for what no column says. */
function Defaults({ plan, used, onChange }: DefaultsProps) {
  const { t } = useTranslation();
  const { all, named } = useStates();
  const put = (field: string, value: string | null) => {
    const { [field]: _before, ...rest } = plan.defaults;
    onChange({ ...plan, defaults: value === null || value === '' ? rest : { ...rest, [field]: value } });
  };
  return (
    <div className="mapping-free">
      <h3>{t('import.defaults')}</h3>
      <p className="hint">{t('import.defaultsHow')}</p>
      <div className="defaults">
        <label>
          <span>
            {t('product')}
            {!used.has('product') && ' *'}
          </span>
          <ProductSelect value={plan.defaults['product'] ?? null} onChange={(code) => put('product', code)} />
        </label>
        <label>
          <span>{t('place')}</span>
          <PlaceSelect value={plan.defaults['place'] ?? null} onChange={(code) => put('place', code)} />
        </label>
        <label>
          <span>{t('state_')}</span>
          <Select<string>
            allowClear
            value={plan.defaults['state'] ?? null}
            placeholder={t('import.stateDefault')}
            options={all.map((state) => ({ value: state.code, label: named(state.code).name }))}
            onChange={(state: string | undefined) => put('state', state ?? null)}
          />
        </label>
      </div>
    </div>
  );
}
