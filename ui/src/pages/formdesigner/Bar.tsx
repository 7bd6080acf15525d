import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Segmented, Tooltip } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { http } from '../../api/http';
import { problemOf } from '../../api/problem';
import type { IconName } from '../../components/Icon';
import { Icon } from '../../components/Icon';
import { Tag } from '../../components/Tags';
import { appPath, formPage, formPath } from '../../forms/calls';
import { flowPage, listFlows } from '../flowdesigner/calls';
import { useDesk } from './desk';
import { KeyHelp } from './KeyList';
import type { Saving } from './useSaving';

/** A part of the designer. */
export type Step = 'design' | 'rules' | 'rights';

interface BarProps {
  saving: Saving;
  found: boolean;
  step: Step;
  setStep: (step: Step) => void;
  phone: boolean;
  setPhone: (phone: boolean) => void;
  setName: (name: string) => void;
  onVersions: () => void;
  onPreview: () => void;
  onPublish: () => void;
}

/** Above the designer: back, name, versions, steps, undo and redo, desk or phone, save, publish. */
export function Bar(props: BarProps) {
  const { saving, step, phone, setPhone, onVersions, onPublish } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { app, form, board, dispatch } = useDesk();
  const { version } = saving.inForce;
  return (
    <header className="fd-bar">
      <div className="fd-bar-left">
        <Button
          type="text"
          icon={<Icon name="left" size={16} />}
          onClick={() => void navigate(formPage(app, form.code))}
        >
          {t('back')}
        </Button>
        <span className="fd-badge">
          <Icon name="audit" />
        </span>
        <Name setName={props.setName} />
        <button
          type="button"
          className="fd-tags"
          aria-label={t('formdesigner.versions')}
          onClick={onVersions}
        >
          {saving.draft && (
            <Tag tone="amber">{t('formdesigner.draftV', { version: (version ?? 0) + 1 })}</Tag>
          )}
          {version === null ? (
            <Tag>{t('formdesigner.unpublished')}</Tag>
          ) : (
            <Tag tone="green">{t('formdesigner.publishedV', { version })}</Tag>
          )}
        </button>
      </div>
      <Steps step={step} setStep={props.setStep} />
      <div className="fd-bar-right">
        <Saved saving={saving} found={props.found} />
        <Go
          icon="undo"
          words={`${t('formdesigner.undo')} Ctrl+Z`}
          off={board.past.length === 0}
          onClick={() => dispatch({ do: 'undo' })}
        />
        <Go
          icon="redo"
          words={`${t('formdesigner.redo')} Ctrl+Y`}
          off={board.future.length === 0}
          onClick={() => dispatch({ do: 'redo' })}
        />
        {step === 'design' && <KeyHelp />}
        {step === 'design' && (
          <Segmented<string>
            aria-label={t('formdesigner.screen')}
            value={phone ? 'phone' : 'desk'}
            options={[
              { value: 'desk', label: t('formdesigner.desk') },
              { value: 'phone', label: t('formdesigner.phone') },
            ]}
            onChange={(next) => setPhone(next === 'phone')}
          />
        )}
        <Button onClick={props.onPreview}>{t('formdesigner.preview')}</Button>
        <Button disabled={!saving.changed} loading={saving.saving.isPending} onClick={saving.save}>
          {t('save')}
        </Button>
        <Button
          type="primary"
          disabled={!saving.draft}
          loading={saving.checking.isPending}
          onClick={onPublish}
        >
          {t('formdesigner.publish')}
        </Button>
      </div>
    </header>
  );
}

function Steps({ step, setStep }: Pick<BarProps, 'step' | 'setStep'>) {
  const { t } = useTranslation();
  return (
    <nav className="fd-steps" aria-label={t('formdesigner.steps')}>
      <button
        type="button"
        aria-current={step === 'design' ? 'step' : undefined}
        onClick={() => setStep('design')}
      >
        <i>1</i>
        {t('formdesigner.stepDesign')}
      </button>
      <button
        type="button"
        aria-current={step === 'rules' ? 'step' : undefined}
        onClick={() => setStep('rules')}
      >
        <i>2</i>
        {t('formRules.title')}
      </button>
      <ToFlow />
      <button
        type="button"
        aria-current={step === 'rights' ? 'step' : undefined}
        onClick={() => setStep('rights')}
      >
        <i>4</i>
        {t('formdesigner.stepRights')}
      </button>
    </nav>
  );
}

/** To the flow that the form's records run through; where there is none yet, to where one is begun. */
function ToFlow() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { app, form } = useDesk();
  const going = useMutation({
    mutationFn: async () => (await listFlows(app)).flows.find((one) => one.form === form.code),
    onSuccess: (flow) =>
      navigate(
        flow === undefined
          ? `${appPath(app)}?flow=new&form=${encodeURIComponent(form.code)}`
          : flowPage(app, flow.code),
      ),
  });
  return (
    <button type="button" disabled={going.isPending} onClick={() => going.mutate()}>
      <i>3</i>
      {t('formdesigner.stepFlow')}
    </button>
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
    ? t('formdesigner.notSaved')
    : saving.saving.isPending
      ? t('formdesigner.saving')
      : changed
        ? t(found && at !== null ? 'formdesigner.found' : 'formdesigner.toSave')
        : at !== null
          ? t('formdesigner.savedAt', { time: dayjs(at).format('HH:mm') })
          : '';
  return (
    <span className={saving.saving.isError ? 'hint fd-red' : 'hint'} role="status">
      {words}
    </span>
  );
}

/** The form's name; a click lets it be written anew. */
function Name({ setName }: { setName: (name: string) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { app, form, name } = useDesk();
  const queries = useQueryClient();
  const [writing, setWriting] = useState(false);
  const rename = useMutation({
    mutationFn: (next: string) => http.put(formPath(app, form.code), { name: next }),
    onSuccess: (_, next) => {
      setName(next);
      void queries.invalidateQueries({ queryKey: ['apps'] });
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
        className="fd-name-field"
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
      className="fd-name"
      title={t('formdesigner.rename')}
      onClick={() => setWriting(true)}
    >
      <h1>{name}</h1>
      <Icon name="edit" size={14} />
    </button>
  );
}
