import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { Body, Part } from '../../../flowdesigner/body';
import {
  begun,
  contentOf,
  newName,
  partOf,
  PARTS,
  preview,
  renamed,
  wordsOf,
  written,
} from '../../../flowdesigner/body';
import { titleOf } from '../../../flowdesigner/summaries';
import { FormulaEditor } from '../../../formulaeditor/FormulaEditor';
import { useDesk } from '../desk';
import { BodyField } from './BodyField';
import { Template } from './Template';

interface BodyTreeProps {
  label: string;
  value: Record<string, Body>;
  onChange: (value: Record<string, Body> | undefined) => void;
}

/** What another system is sent: members within members, each a text, a field, a formula, or what is fixed. */
export function BodyTree({ label, value, onChange }: BodyTreeProps) {
  const { t } = useTranslation();
  const { form } = useDesk();
  const empty = Object.keys(value).length === 0;
  const title = (name: string) =>
    name
      .split('.')
      .map((part) => titleOf(form.fields, part) ?? part)
      .join('.');
  return (
    <div className="fw-body" role="group" aria-label={label}>
      {empty && <p className="hint">{t('flowdesigner.body.empty')}</p>}
      <Members
        value={value}
        top
        path={label}
        onChange={(next) => onChange(Object.keys(next).length === 0 ? undefined : next)}
      />
      {!empty && (
        <details className="fw-body-preview">
          <summary>{t('flowdesigner.body.preview')}</summary>
          <pre>{preview(value, title)}</pre>
        </details>
      )}
    </div>
  );
}

interface MembersProps {
  value: Record<string, Body>;
  top?: boolean;
  /** What it is the inside of, in words. */
  path: string;
  onChange: (value: Record<string, Body>) => void;
}

function Members({ value, top = false, path, onChange }: MembersProps) {
  const { t } = useTranslation();
  return (
    <ul className="fw-body-parts" aria-label={path}>
      {Object.entries(value).map(([name, one], at) => (
        <li key={at}>
          <PartLine
            name={
              <Input
                key={name}
                size="small"
                className="mono"
                aria-label={t('flowdesigner.nameOf', { number: at + 1 })}
                defaultValue={name}
                onBlur={(event) => onChange(renamed(value, name, event.target.value.trim()))}
                onPressEnter={(event) => event.currentTarget.blur()}
              />
            }
            label={name}
            value={one}
            top={top}
            onChange={(next) => onChange({ ...value, [name]: next })}
            onRemove={() => {
              const { [name]: _, ...rest } = value;
              onChange(rest);
            }}
          />
        </li>
      ))}
      <li>
        <Add onAdd={() => onChange({ ...value, [newName(value, 'name')]: '' })} of={path} />
      </li>
    </ul>
  );
}

function Items({
  value,
  path,
  onChange,
}: {
  value: Body[];
  path: string;
  onChange: (value: Body[]) => void;
}) {
  return (
    <ol className="fw-body-parts" aria-label={path}>
      {value.map((one, at) => (
        <li key={at}>
          <PartLine
            name={<span className="fw-body-number">{at + 1}</span>}
            label={`${path} ${at + 1}`}
            value={one}
            onChange={(next) => onChange(value.map((other, place) => (place === at ? next : other)))}
            onRemove={() => onChange(value.filter((_, place) => place !== at))}
          />
        </li>
      ))}
      <li>
        <Add
          onAdd={() => onChange([...value, value.length === 0 ? '' : shapeOf(value.at(-1) ?? '')])}
          of={path}
        />
      </li>
    </ol>
  );
}

/** One item more is like the one before it, and empty. */
function shapeOf(value: Body): Body {
  const part = partOf(value);
  if (part === 'object' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
  }
  return begun(part, null);
}

function Add({ onAdd, of }: { onAdd: () => void; of: string }) {
  const { t } = useTranslation();
  return (
    <Button
      type="link"
      size="small"
      aria-label={t('flowdesigner.body.addTo', { name: of })}
      icon={<Icon name="plus" size={14} />}
      onClick={onAdd}
    >
      {t('flowdesigner.addPart')}
    </Button>
  );
}

interface PartLineProps {
  name: React.ReactNode;
  label: string;
  value: Body;
  top?: boolean;
  onChange: (value: Body) => void;
  onRemove: () => void;
}

function PartLine({ name, label, value, top = false, onChange, onRemove }: PartLineProps) {
  const { t } = useTranslation();
  const part = partOf(value, top);
  return (
    <>
      <div className="fw-body-line">
        {name}
        <Select<Part>
          size="small"
          aria-label={t('flowdesigner.body.kindOf', { name: label })}
          value={part}
          options={[...PARTS, ...(part === 'other' ? (['other'] as const) : [])].map((one) => ({
            value: one,
            label: t(`flowdesigner.body.${one}`),
          }))}
          onChange={(next) => onChange(begun(next, value))}
        />
        <Button
          type="text"
          size="small"
          aria-label={t('flowdesigner.removePart', { name: label })}
          icon={<Icon name="close" size={14} />}
          onClick={onRemove}
        />
      </div>
      <Content part={part} label={label} value={value} top={top} onChange={onChange} />
    </>
  );
}

interface ContentProps {
  part: Part;
  label: string;
  value: Body;
  top: boolean;
  onChange: (value: Body) => void;
}

/** What a part says, entered as its kind asks for. */
function Content({ part, label, value, top, onChange }: ContentProps) {
  const { t } = useTranslation();
  const { formulaFields } = useDesk();
  const content = contentOf(value, top);
  const put = (next: Body) => onChange(written(part, next));
  switch (part) {
    case 'text':
      return <Template label={label} value={wordsOf(content)} onChange={put} />;
    case 'field':
      return <BodyField label={label} value={wordsOf(content)} onChange={put} />;
    case 'formula':
      return (
        <FormulaEditor
          label={label}
          value={wordsOf(content)}
          fields={formulaFields}
          rows={1}
          onChange={put}
        />
      );
    case 'number':
      return (
        <InputNumber<number>
          size="small"
          aria-label={label}
          value={Number(content)}
          onChange={(next) => put(next ?? 0)}
        />
      );
    case 'flag':
      return (
        <Select<string>
          size="small"
          aria-label={label}
          value={content === true ? 'true' : 'false'}
          options={['true', 'false'].map((one) => ({ value: one, label: t(one === 'true' ? 'yes' : 'no') }))}
          onChange={(next) => put(next === 'true')}
        />
      );
    case 'object':
      return <Members value={content as Record<string, Body>} path={label} onChange={put} />;
    case 'list':
      return <Items value={content as Body[]} path={label} onChange={put} />;
    case 'other':
      return <p className="muted">{t('flowdesigner.setElsewhere')}</p>;
    default:
      return null;
  }
}
