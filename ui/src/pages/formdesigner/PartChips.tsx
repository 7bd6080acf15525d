import { useDraggable } from '@dnd-kit/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { Icon } from '../../components/Icon';
import { useDesk } from './desk';
import type { FormPart } from './parts';
import { deletePart, PARTS_KEY } from './parts';

/** The templates of fields in the palette: put on the form like a kind of field, and deleted here. */
export function PartChips({ parts }: { parts: readonly FormPart[] }) {
  return (
    <ul className="fd-chips">
      {parts.map((part) => (
        <li key={part.code} className="fd-part">
          <Chip part={part} />
          <Remove part={part} />
        </li>
      ))}
    </ul>
  );
}

function Chip({ part }: { part: FormPart }) {
  const { t } = useTranslation();
  const { putPart } = useDesk();
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: `part ${part.code}`, data: { part } });
  const titles = part.fields.map((one) => one.title).join(t('formdesigner.parts.comma'));
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={isDragging ? 'fd-chip fd-chip-dragged' : 'fd-chip'}
      title={`${part.name}: ${titles}`}
      aria-label={t('formdesigner.parts.put', { name: part.name, titles })}
      onClick={() => putPart(part)}
      {...listeners}
      onKeyDown={undefined}
    >
      <Icon name="widen" size={16} />
      <span>{part.name}</span>
    </button>
  );
}

function Remove({ part }: { part: FormPart }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const removing = useMutation({
    mutationFn: () => deletePart(part.code),
    onSettled: () => queries.invalidateQueries({ queryKey: PARTS_KEY }),
    onError: (error) => void message.error(problemOf(error).detail ?? problemOf(error).title),
  });
  return (
    <Popconfirm
      title={t('formdesigner.parts.deleteAsk', { name: part.name })}
      description={t('formdesigner.parts.deleteHelp')}
      okText={t('delete')}
      okButtonProps={{ danger: true }}
      onConfirm={() => removing.mutate()}
    >
      <button
        type="button"
        className="fd-part-remove"
        aria-label={t('formdesigner.parts.delete', { name: part.name })}
      >
        <Icon name="close" size={12} />
      </button>
    </Popconfirm>
  );
}
