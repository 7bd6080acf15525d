import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Tooltip } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { IconName } from '../../components/Icon';
import { Icon } from '../../components/Icon';
import { Tag } from '../../components/Tags';
import type { Label } from './calls';
import { changeLabel } from './calls';
import { useDesk } from './desk';
import type { Saving } from './useSaving';

interface DesignerBarProps {
  label: Label;
  saving: Saving;
  onVersions: () => void;
  onPublish: () => void;
  found: boolean;
}

/** Above the designer: back, name, versions, whether it is saved, undo and redo, save, publish. */
export function DesignerBar({ label, saving, onVersions, onPublish, found }: DesignerBarProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { board, dispatch, may } = useDesk();
  const { published, draft } = saving;
  return (
    <header className="ld-bar">
      <Button type="text" icon={<Icon name="left" size={16} />} onClick={() => void navigate('/labels')}>
        {t('back')}
      </Button>
      <span className="ld-badge">
        <Icon name="label" />
      </span>
      <Name label={label} />
      <button type="button" className="ld-tags" aria-label={t('labels.versions')} onClick={onVersions}>
        {draft && <Tag tone="amber">{t('labels.draftV', { version: (published ?? 0) + 1 })}</Tag>}
        {published === null ? (
          <Tag>{t('labels.unpublished')}</Tag>
        ) : (
          <Tag tone="green">{t('labels.publishedV', { version: published })}</Tag>
        )}
      </button>
      <span className="mono hint ld-note">{label.code}</span>
      <span className="grow" />
      <Saved saving={saving} found={found} />
      <Step
        icon="undo"
        words={`${t('labels.undo')} Ctrl+Z`}
        off={board.past.length === 0 || !may}
        onClick={() => dispatch({ do: 'undo' })}
      />
      <Step
        icon="redo"
        words={`${t('labels.redo')} Ctrl+Y`}
        off={board.future.length === 0 || !may}
        onClick={() => dispatch({ do: 'redo' })}
      />
      <Button disabled={!may || !saving.changed} loading={saving.saving.isPending} onClick={saving.save}>
        {t('save')}
      </Button>
      <Button
        type="primary"
        disabled={!may || !saving.draft}
        loading={saving.publishing.isPending}
        onClick={onPublish}
      >
        {t('labels.publish')}
      </Button>
    </header>
  );
}

function Step({
  icon,
  words,
  off,
  onClick,
}: {
  icon: IconName;
  words: string;
  off: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip title={words} mouseEnterDelay={0.5}>
      <Button type="text" aria-label={words} icon={<Icon name={icon} />} disabled={off} onClick={onClick} />
    </Tooltip>
  );
}

function Saved({ saving, found }: { saving: Saving; found: boolean }) {
  const { t } = useTranslation();
  const { at, changed } = saving;
  const words = saving.saving.isError
    ? t('labels.notSaved')
    : saving.saving.isPending
      ? t('labels.saving')
      : changed
        ? t(found ? 'labels.found' : 'labels.toSave')
        : at !== null
          ? t('labels.savedAt', { time: dayjs(at).format('HH:mm') })
          : '';
  return (
    <span className={saving.saving.isError ? 'hint ld-wrong' : 'hint'} role="status">
      {words}
    </span>
  );
}

/** The label's name; a click lets it be written anew. */
function Name({ label }: { label: Label }) {
  const { t } = useTranslation();
  const { may } = useDesk();
  const queries = useQueryClient();
  const [name, setName] = useState(label.name);
  const [writing, setWriting] = useState(false);
  const rename = useMutation({
    mutationFn: (next: string) => changeLabel(label.code, { name: next }),
    onSuccess: (_, next) => {
      setName(next);
      void queries.invalidateQueries({ queryKey: ['labels', 'list'] });
    },
  });
  const end = (typed: string) => {
    setWriting(false);
    const next = typed.trim();
    if (next !== '' && next !== name) rename.mutate(next);
  };
  if (writing) {
    return (
      <Input
        className="ld-name-field"
        defaultValue={name}
        aria-label={t('name')}
        maxLength={100}
        autoFocus
        onBlur={(event) => end(event.target.value)}
        onPressEnter={(event) => event.currentTarget.blur()}
      />
    );
  }
  return (
    <button
      type="button"
      className="ld-name"
      disabled={!may}
      title={t('labels.rename')}
      onClick={() => setWriting(true)}
    >
      <h1>{name}</h1>
      {may && <Icon name="edit" size={14} />}
    </button>
  );
}
