import { Alert, App, Button, Checkbox, Input, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { ProblemAlert } from '../../components/ProblemAlert';
import { walk } from '../../formdesigner/tree';
import type { Report } from './calls';
import { Conflict } from './Conflict';
import { useDesk } from './desk';
import { Differences } from './Differences';
import type { Saving } from './useSaving';
import { isConflict } from './useSaving';

interface PublishDialogProps {
  open: boolean;
  saving: Saving;
  onDiscard: () => void;
  onClose: () => void;
  /** What is drawn here goes over theirs: the dialog stays for publishing it. */
  onOver: () => void;
}

/** Before publishing: what differs and what it does to the data. And when somebody else was faster: whose form it is. */
export function PublishDialog({ open, saving, onDiscard, onClose, onOver }: PublishDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { faults, dispatch } = useDesk();
  const { checking, publishing, inForce } = saving;
  const [note, setNote] = useState('');
  const [accepted, setAccepted] = useState(false);
  const error = publishing.error ?? checking.error ?? (saving.stuck ? saving.saving.error : null);
  if (isConflict(error)) {
    return (
      <Conflict
        open={open}
        problem={problemOf(error)}
        saving={saving}
        onDiscard={onDiscard}
        onClose={onClose}
        onOver={() => {
          onOver();
          saving.saving.reset();
          publishing.reset();
          checking.mutate(true);
        }}
      />
    );
  }
  const report = checking.data;
  const blocked = report === undefined || checking.isError || report.duplicates.length > 0;
  const publish = () =>
    publishing.mutate(
      { note: note.trim(), accept_misfits: accepted },
      {
        onSuccess: () => {
          setNote('');
          setAccepted(false);
          onClose();
          void message.success(t('published'));
        },
      },
    );
  return (
    <Modal
      open={open}
      width={720}
      title={t('formdesigner.publishTitle', { version: (inForce.version ?? 0) + 1 })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            disabled={blocked || (report.misfits > 0 && !accepted)}
            loading={publishing.isPending}
            onClick={publish}
          >
            {t('formdesigner.publish')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {faults.length > 0 ? (
          <>
            <Alert type="error" showIcon title={t('formdesigner.incomplete', { count: faults.length })} />
            <ul className="fd-faults">
              {faults.map((one, at) => (
                <li key={at}>
                  <button
                    type="button"
                    className="fd-link"
                    onClick={() => {
                      dispatch({ do: 'select', ids: [one.field] });
                      onClose();
                    }}
                  >
                    {one.title === '' ? t('formdesigner.untitled') : one.title}
                  </button>
                  {one.message} {one.advice}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <ProblemAlert problem={error} />
        )}
        {checking.isPending && <Skeleton active />}
        {!checking.isError && report !== undefined && (
          <>
            <Differences differences={report.differences} />
            <DataReport report={report} />
            {report.misfits > 0 && (
              <Checkbox checked={accepted} onChange={(event) => setAccepted(event.target.checked)}>
                {t('formdesigner.acceptMisfits', { count: report.misfits })}
              </Checkbox>
            )}
            <Input
              value={note}
              maxLength={200}
              placeholder={t('formdesigner.note')}
              aria-label={t('formdesigner.note')}
              onChange={(event) => setNote(event.target.value)}
            />
          </>
        )}
      </div>
    </Modal>
  );
}

/** What becomes of the values: how many are converted, which do not fit, which stand in the way. */
function DataReport({ report }: { report: Report }) {
  const { t } = useTranslation();
  const { board } = useDesk();
  const title = (id: string) => walk(board.present).find((one) => one.id === id)?.title ?? '';
  const words = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return (
    <>
      {report.converted > 0 && <p>{t('formdesigner.converted', { count: report.converted })}</p>}
      {report.duplicates.length > 0 && (
        <section className="fd-report">
          <Alert type="error" showIcon title={t('formdesigner.duplicates')} />
          <ul>
            {report.duplicates.map((one, at) => (
              <li key={at}>
                {title(one.field)} <code className="mono">{words(one.value)}</code>
                <span className="hint">
                  {t('formdesigner.inRecords', { records: one.records.join('、') })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {report.broken.length > 0 && (
        <section className="fd-report">
          <Alert type="warning" showIcon title={t('formdesigner.broken', { count: report.broken.length })} />
          <ul>
            {report.broken.map((one, at) => (
              <li key={at}>
                {one.item}
                <span className="hint">
                  {' '}
                  {one.message} {one.advice}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {report.misfits > 0 && (
        <section className="fd-report">
          <Alert type="warning" showIcon title={t('formdesigner.misfits', { count: report.misfits })} />
          <ul>
            {report.named.map((one, at) => (
              <li key={at}>
                <span className="hint">{t('formdesigner.row', { row: one.row })}</span>{' '}
                <code className="mono">{words(one.value)}</code> {one.message}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
