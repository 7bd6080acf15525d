import { useDraggable } from '@dnd-kit/core';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Field } from '../../labels/declared';
import { useDesk } from './desk';

const FEW = 9;

/** What a label can show, with the sample's own values: a click puts one into what is selected, or on the label. */
export function FieldList({ onInsert }: { onInsert: (field: Field) => void }) {
  const { t } = useTranslation();
  const { fields } = useDesk();
  const [all, setAll] = useState(false);
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const matching = fields.filter(
    (field) => wanted === '' || `${field.label} ${field.name} ${field.value}`.toLowerCase().includes(wanted),
  );
  const known = matching.filter((field) => field.value !== '');
  const shown = all || wanted !== '' ? matching : (known.length >= 4 ? known : matching).slice(0, FEW);
  return (
    <section className="ld-section ld-fields-section" aria-label={t('labels.fields')}>
      <header>
        <h2>{t('labels.fields')}</h2>
        <span className="hint">{t('labels.fieldsCount', { count: fields.length })}</span>
      </header>
      {all && (
        <Input
          size="small"
          className="ld-field-search"
          allowClear
          value={typed}
          prefix={<Icon name="search" size={14} />}
          placeholder={t('search')}
          aria-label={t('labels.findField')}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      <ul className="ld-fields">
        {shown.map((field) => (
          <li key={field.name}>
            <Entry field={field} onInsert={onInsert} />
          </li>
        ))}
      </ul>
      <button type="button" className="ld-more" onClick={() => setAll(!all)}>
        <Icon name={all ? 'minus' : 'plus'} size={14} />
        {t(all ? 'labels.fewerFields' : 'labels.allFields')}
      </button>
    </section>
  );
}

function Entry({ field, onInsert }: { field: Field; onInsert: (field: Field) => void }) {
  const { may } = useDesk();
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `field ${field.name}`,
    data: { field },
    disabled: !may,
  });
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={isDragging ? 'ld-field ld-offer-dragged' : 'ld-field'}
      title={`{${field.name}}  ${field.value}`}
      disabled={!may}
      onClick={() => onInsert(field)}
      {...listeners}
      onKeyDown={undefined}
    >
      <span>{field.label}</span>
      <span className="mono">{field.value === '' ? '—' : field.value}</span>
    </button>
  );
}
