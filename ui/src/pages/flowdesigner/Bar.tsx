import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Tooltip } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '../../api/problem';
import type { IconName } from '../../components/Icon';
import { Icon } from '../../components/Icon';
import { Tag } from '../../components/Tags';
import { useIsPhone } from '../../components/useIsPhone';
import { appPath, formPage } from '../../forms/calls';
import { renameFlow } from './calls';
import { useDesk } from './desk';
import type { Saving } from './useSaving';

interface BarProps {
  saving: Saving;
  name: string;
  found: boolean;
  onVersions: () => void;
  onTry: () => void;
  onPublish: () => void;
}

/** Above the designer: back, name, versions, steps, undo and redo, test run, save, publish. */
export function Bar(props: BarProps) {
  const { saving, onPublish } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const { app, board, dispatch } = useDesk();
  const { version } = saving;
  return (
    <header className="fw-bar">
      <div className="fw-bar-left">
        <Button
          type="text"
          icon={<Icon name="left" size={16} />}
          aria-label={t('back')}
          onClick={() => void navigate(appPath(app))}
        >
          {!phone && t('back')}
        </Button>
        <span className="fw-badge only-desk">
          <Icon name="branch" />
        </span>
        <Name name={props.name} />
        <button
          type="button"
          className="fw-tags"
          aria-label={t('flowdesigner.versions')}
          onClick={props.onVersions}
        >
          {saving.draft && (
            <Tag tone="amber">{t('flowdesigner.draftV', { version: (version ?? 0) + 1 })}</Tag>
          )}
          {version === null ? (
            <Tag>{t('flowdesigner.unpublished')}</Tag>
          ) : (
            <Tag tone="green">{t('flowdesigner.publishedV', { version })}</Tag>
          )}
        </button>
      </div>
      <Steps />
      <div className="fw-bar-right">
        <Saved saving={saving} found={props.found} />
        <Go
          icon="undo"
          words={`${t('flowdesigner.undo')} Ctrl+Z`}
          off={board.past.length === 0}
          onClick={() => dispatch({ do: 'undo' })}
        />
        <Go
          icon="redo"
          words={`${t('flowdesigner.redo')} Ctrl+Y`}
          off={board.future.length === 0}
          onClick={() => dispatch({ do: 'redo' })}
        />
        <Button
          icon={<Icon name="play" size={16} />}
          aria-label={t('flowdesigner.try')}
          onClick={props.onTry}
        >
          {!phone && t('flowdesigner.try')}
        </Button>
        {!phone && (
          <Button disabled={!saving.changed} loading={saving.saving.isPending} onClick={saving.save}>
            {t('save')}
          </Button>
        )}
        <Button type="primary" disabled={!saving.draft} onClick={onPublish}>
          {t('flowdesigner.publish')}
        </Button>
      </div>
    </header>
  );
}

/** The way of a form to its users: what is filled in, how it runs, who may, what else. */
function Steps() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { app, form } = useDesk();
  const design = `${formPage(app, form.code)}/design`;
  return (
    <nav className="fw-steps only-desk" aria-label={t('flowdesigner.steps')}>
      <button type="button" className="fw-step-done" onClick={() => void navigate(design)}>
        <i>
          <Icon name="check" size={12} />
        </i>
        {t('flowdesigner.stepForm')}
      </button>
      <button type="button" aria-current="step">
        <i>2</i>
        {t('flowdesigner.stepFlow')}
      </button>
      <button type="button" onClick={() => void navigate(`${design}?step=rights`)}>
        <i>3</i>
        {t('flowdesigner.stepRights')}
      </button>
      <button type="button" onClick={() => void navigate(`${design}?step=rules`)}>
        <i>4</i>
        {t('flowdesigner.stepMore')}
      </button>
    </nav>
  );
}

interface GoProps {
  icon: IconName;
  words: string;
  off: boolean;
  onClick: () => void;
}

function Go({ icon, words, off, onClick }: GoProps) {
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
    ? t('flowdesigner.notSaved')
    : saving.saving.isPending
      ? t('flowdesigner.saving')
      : changed
        ? t(found ? 'flowdesigner.found' : 'flowdesigner.toSave')
        : at !== null
          ? t('flowdesigner.savedAt', { time: dayjs(at).format('HH:mm') })
          : '';
  return (
    <span className={saving.saving.isError ? 'hint fw-red' : 'hint'} role="status">
      {words}
    </span>
  );
}

/** The flow's name; a click lets it be written anew. */
function Name({ name: before }: { name: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { app, flow } = useDesk();
  const queries = useQueryClient();
  const [name, setName] = useState(before);
  const [writing, setWriting] = useState(false);
  const rename = useMutation({
    mutationFn: (next: string) => renameFlow(app, flow, next),
    onSuccess: (_, next) => {
      setName(next);
      void queries.invalidateQueries({ queryKey: ['apps', app] });
    },
    onError: (error) => void message.error(problemOf(error).detail ?? problemOf(error).title),
  });
  const end = (typed: string) => {
    setWriting(false);
    const next = typed.trim();
    if (next !== '' && next !== name) rename.mutate(next);
  };
  if (writing) {
    return (
      <Input
        className="fw-name-field"
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
      className="fw-name"
      title={t('flowdesigner.rename')}
      onClick={() => setWriting(true)}
    >
      <h1>{name}</h1>
      <Icon name="edit" size={14} />
    </button>
  );
}
