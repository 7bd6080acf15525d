import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import type { FormulaFunction } from './calls';
import { useFunctions } from './calls';
import type { EditorField } from './fields';
import { written } from './reading';

interface InsertingProps {
  fields: readonly EditorField[];
  onInsert: (text: string, back: number) => void;
}

/** All fields and all functions to look through, for those who would rather choose than type. */
export function Inserting({ fields, onInsert }: InsertingProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'field' | 'function' | null>(null);
  const insert = (text: string, back: number) => {
    setOpen(null);
    onInsert(text, back);
  };
  const button = (which: 'field' | 'function', content: React.ReactNode) => (
    <Popover
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      open={open === which}
      onOpenChange={(now) => setOpen(now ? which : null)}
      content={content}
    >
      <Button size="small" type="text" icon={<Icon name="plus" size={14} />}>
        {t(`formulaEditor.${which}`)}
      </Button>
    </Popover>
  );
  return (
    <span className="fe-inserting">
      {button('field', <FieldList fields={fields} onInsert={insert} />)}
      {button('function', <FunctionList onInsert={insert} />)}
    </span>
  );
}

function FieldList({ fields, onInsert }: InsertingProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const found = fields.filter((one) =>
    `${one.title} ${one.code}`.toLowerCase().includes(typed.toLowerCase()),
  );
  return (
    <div className="fe-pick">
      <Search typed={typed} onType={setTyped} />
      <ul>
        {found.map((one) => (
          <li key={one.code}>
            <button type="button" onClick={() => onInsert(written(one.code), 0)}>
              <span>{one.title}</span>
              <small>{one.code === one.title ? '' : one.code}</small>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="hint">{t('formulaEditor.none')}</li>}
      </ul>
    </div>
  );
}

function FunctionList({ onInsert }: Pick<InsertingProps, 'onInsert'>) {
  const { t } = useTranslation();
  const { data } = useFunctions();
  const [typed, setTyped] = useState('');
  const fits = (one: FormulaFunction) =>
    `${one.label} ${one.name} ${one.zh} ${one.doc}`.toLowerCase().includes(typed.toLowerCase());
  return (
    <div className="fe-pick fe-pick-wide">
      <Search typed={typed} onType={setTyped} />
      <div className="fe-families">
        {data?.families.map((family) => {
          const found = data.functions.filter((one) => one.family === family['name'] && fits(one));
          if (found.length === 0) return null;
          return (
            <section key={family['name']}>
              <h4>{family['label']}</h4>
              <ul>
                {found.map((one) => (
                  <li key={one.name}>
                    <button type="button" onClick={() => onInsert(`${one.label}()`, 1)}>
                      <code>{one.usage}</code>
                      <span>{one.doc}</span>
                      <small>
                        {t('formulaEditor.example')} {one.example['formula']} → {one.example['result']}
                      </small>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}

function Search({ typed, onType }: { typed: string; onType: (typed: string) => void }) {
  const { t } = useTranslation();
  return (
    <Input
      size="small"
      autoFocus
      allowClear
      value={typed}
      placeholder={t('search')}
      aria-label={t('search')}
      prefix={<Icon name="search" size={14} />}
      onChange={(event) => onType(event.target.value)}
    />
  );
}
