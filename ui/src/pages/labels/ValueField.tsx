import { Dropdown, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Field, Property } from '../../labels/declared';
import { asKept, asRead, fieldOf, filled, pieces } from '../../labels/values';
import { useDesk } from './desk';

interface ValueFieldProps {
  id: string;
  property: Property;
  value: string;
  disabled: boolean;
  onChange: (value: string) => void;
}

/**
 * A text with fields in it, or one formula. At rest its fields are chips; when written in, it is plain text with the
 * names of fields in braces, as people read them.
 */
export function ValueField({ id, property, value, disabled, onChange }: ValueFieldProps) {
  const { t } = useTranslation();
  const { fields } = useDesk();
  const [writing, setWriting] = useState(false);
  const [typed, setTyped] = useState('');
  const area = useRef<TextAreaRef>(null);
  const formula = property.type === 'formula';

  const begin = () => {
    setTyped(formula ? value : asRead(value, fields));
    setWriting(true);
  };
  const write = (text: string) => {
    setTyped(text);
    onChange(formula ? text : asKept(text, fields));
  };
  const insert = (field: Field) => {
    const word = formula ? field.name : `{${field.label}}`;
    const box = area.current?.resizableTextArea?.textArea;
    if (!writing || box === undefined) {
      onChange(
        formula ? (value === '' ? field.name : `${value} & ${field.name}`) : `${value}{${field.name}}`,
      );
      return;
    }
    write(typed.slice(0, box.selectionStart) + word + typed.slice(box.selectionEnd));
  };
  return (
    <div className="ld-value">
      {writing ? (
        <Input.TextArea
          id={id}
          ref={area}
          className={formula ? 'mono' : ''}
          aria-label={property.label}
          value={typed}
          autoSize={{ minRows: 1, maxRows: 6 }}
          autoFocus
          onChange={(event) => write(event.target.value)}
          onBlur={() => setWriting(false)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      ) : (
        <button
          type="button"
          id={id}
          className="ld-chips"
          disabled={disabled}
          aria-label={`${property.label} ${asRead(value, fields)}`}
          onClick={begin}
          onFocus={(event) => {
            if (event.currentTarget.matches(':focus-visible')) begin();
          }}
        >
          <Chips value={formula ? `{${value}}` : value} fields={fields} />
        </button>
      )}
      <Insert disabled={disabled} onInsert={insert} />
      {!formula && value.includes('{') && (
        <p className="hint ld-filled" title={t('labels.filled')}>
          {filled(value, fields)}
        </p>
      )}
    </div>
  );
}

function Chips({ value, fields }: { value: string; fields: Field[] }) {
  const { t } = useTranslation();
  const parts = pieces(value).filter((piece) => piece.text !== '');
  if (parts.length === 0) return <span className="hint">{t('labels.emptyValue')}</span>;
  return parts.map((piece, index) =>
    piece.kind === 'words' ? (
      <span key={index}>{piece.text}</span>
    ) : (
      <span key={index} className="ld-chip">
        {fieldOf(piece.text, fields)?.label ?? piece.text}
      </span>
    ),
  );
}

function Insert({ disabled, onInsert }: { disabled: boolean; onInsert: (field: Field) => void }) {
  const { t } = useTranslation();
  const { fields } = useDesk();
  const groups = [...new Set(fields.map((field) => field.group))];
  const items = groups.map((group) => ({
    key: `group ${group}`,
    type: 'group' as const,
    label: t(`labels.fieldGroup.${group}`, { defaultValue: group }),
    children: fields
      .filter((field) => field.group === group)
      .map((field) => ({ key: field.name, label: field.label, extra: field.value.slice(0, 18) })),
  }));
  return (
    <Dropdown
      trigger={['click']}
      disabled={disabled}
      placement="bottomRight"
      menu={{
        className: 'ld-field-menu',
        items,
        onClick: ({ key }) => {
          const field = fields.find((one) => one.name === key);
          if (field !== undefined) onInsert(field);
        },
      }}
    >
      <button
        type="button"
        className="ld-insert"
        disabled={disabled}
        aria-label={t('labels.insertField')}
        title={t('labels.insertField')}
        // The text field keeps the focus and so the place of the caret.
        onMouseDown={(event) => event.preventDefault()}
      >
        <Icon name="formula" size={15} />
      </button>
    </Dropdown>
  );
}
