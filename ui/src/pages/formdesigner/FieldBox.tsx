import { useDraggable } from '@dnd-kit/core';
import { Button } from 'antd';
import { useState } from 'react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { contains, holdsOf, say } from '../../formdesigner/declared';
import { controlOf } from '../../forms/controls';
import type { FormField } from '../../forms/model';
import { Fields } from './Canvas';
import { useDesk } from './desk';
import { KeepPart } from './KeepPart';
import { kindIcon } from './kindIcon';
import { ResizeEdge } from './ResizeEdge';
import { TableBox } from './TableBox';

/** One field on the form: a click chooses it, dragging moves it, its edge makes it wider. */
export function FieldBox({ field, column = false }: { field: FormField; column?: boolean }) {
  const { board, kinds, mark, faults } = useDesk();
  const chosen = board.selected.includes(field.id);
  const holds = holdsOf(field, kinds);
  const wrong = faults.some((one) => one.field === field.id);
  const parts = [
    'fd-field',
    `fd-${column ? 'column' : holds}`,
    chosen && 'fd-chosen',
    wrong && 'fd-wrong',
    field.hidden && 'fd-hidden',
  ];
  return (
    <div
      className={parts.filter(Boolean).join(' ')}
      style={column ? undefined : { gridColumn: `span ${field.width ?? 12}` }}
      data-field={field.id}
    >
      {mark?.at === field.id && <span className={`fd-line fd-line-${mark.side}`} />}
      {holds === 'value' && <ValueBox field={field} column={column} />}
      {holds === 'layout' && (
        <>
          <Head field={field} />
          {contains(field.kind, holds) && <Fields fields={field.fields ?? []} within={field.id} />}
          {contains(field.kind, holds) && (field.fields ?? []).length === 0 && <EmptySection id={field.id} />}
        </>
      )}
      {holds === 'rows' && (
        <>
          <Head field={field} />
          <TableBox field={field} />
        </>
      )}
      {chosen && board.selected.at(-1) === field.id && <Tools />}
      {chosen && !column && kinds.get(field.kind)?.common.includes('width') && <ResizeEdge field={field} />}
    </div>
  );
}

function EmptySection({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <p className="fd-drop" data-container={id}>
      {t('formdesigner.dropSection')}
    </p>
  );
}

/** What is pressed to choose and to drag; it lies over the control, which only shows itself here. */
function Hit({ field, words }: { field: FormField; words: string }) {
  const { board, dispatch } = useDesk();
  const { setNodeRef, listeners } = useDraggable({ id: `field ${field.id}`, data: { field: field.id } });
  const press = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) dispatch({ do: 'toggle', id: field.id });
    else dispatch({ do: 'select', ids: [field.id] });
  };
  return (
    <button
      ref={setNodeRef}
      type="button"
      className="fd-hit"
      data-hit={field.id}
      aria-label={words}
      aria-pressed={board.selected.includes(field.id)}
      onClick={press}
      {...listeners}
      // The keyboard chooses with Enter and moves with Alt and the arrows.
      onKeyDown={undefined}
    />
  );
}

function useWords(field: FormField): string {
  const { t, i18n } = useTranslation();
  const kind = useDesk().kinds.get(field.kind);
  return t('formdesigner.fieldWords', {
    title: field.title,
    kind: kind === undefined ? field.kind : say(kind.title, i18n.language),
  });
}

function ValueBox({ field, column }: { field: FormField; column: boolean }) {
  const { t } = useTranslation();
  const { kinds } = useDesk();
  const words = useWords(field);
  const kind = kinds.get(field.kind);
  const { Input } = controlOf(field, kinds);
  const note = field.unique
    ? t('formdesigner.unique')
    : field.read_only
      ? t('formdesigner.readOnly')
      : field.hidden
        ? t('formdesigner.hiddenNote')
        : '';
  return (
    <>
      <div className="fd-title" aria-hidden="true">
        <Icon name={kindIcon(kind)} size={14} />
        <span>{field.title === '' ? t('formdesigner.untitled') : field.title}</span>
        {field.required && <i>*</i>}
        {note !== '' && !column && <small>{note}</small>}
      </div>
      <div className="fd-control" inert>
        <Input
          field={field}
          id={`design-${field.id}`}
          value={field.default ?? null}
          dense={column}
          onChange={() => undefined}
        />
      </div>
      {field.hint !== undefined && !column && <p className="fd-hint">{field.hint}</p>}
      <Hit field={field} words={words} />
    </>
  );
}

/** The heading of a section or sub-table. */
function Head({ field }: { field: FormField }) {
  const { t, i18n } = useTranslation();
  const { kinds } = useDesk();
  const words = useWords(field);
  const kind = kinds.get(field.kind);
  return (
    <div className="fd-head">
      <b>{field.title}</b>
      {field.required && <i>*</i>}
      {kind !== undefined && kind.name !== 'section' && (
        <span className="fd-kind">{say(kind.title, i18n.language)}</span>
      )}
      {field.hint !== undefined && <span className="hint">{field.hint}</span>}
      {field.hidden && <span className="hint">{t('formdesigner.hiddenNote')}</span>}
      <Hit field={field} words={words} />
    </div>
  );
}

function Tools() {
  const { t } = useTranslation();
  const { dispatch, board } = useDesk();
  const many = board.selected.length;
  const [keeping, setKeeping] = useState(false);
  return (
    <div className="fd-tools" role="toolbar" aria-label={t('formdesigner.tools')}>
      <Button
        type="text"
        size="small"
        icon={<Icon name="copy" size={14} />}
        onClick={() => dispatch({ do: 'duplicate' })}
      >
        {many > 1 ? t('formdesigner.copyMany', { count: many }) : t('copy')}
      </Button>
      <Button
        type="text"
        size="small"
        icon={<Icon name="widen" size={14} />}
        onClick={() => setKeeping(true)}
      >
        {t('formdesigner.parts.keep')}
      </Button>
      <Button
        type="text"
        size="small"
        icon={<Icon name="trash" size={14} />}
        onClick={() => dispatch({ do: 'remove' })}
      >
        {many > 1 ? t('formdesigner.deleteMany', { count: many }) : t('delete')}
      </Button>
      {keeping && <KeepPart onClose={() => setKeeping(false)} />}
    </div>
  );
}
