import { useMutation } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../../api/clientKey';
import { problemOf } from '../../../api/problem';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { TaskInfo } from '../../../flows/api';
import type { useActing } from '../useActing';
import { override } from './calls';
import type { ScanTaskEntry } from './useScanTask';

interface CompleteProps {
  task: TaskInfo;
  acting: ReturnType<typeof useActing>;
  entry: ScanTaskEntry;
  /** Whether the reader may let something pass that the step refuses. */
  mayPass: boolean;
}

const ANYWAY = 'anyway';

/** Completing a scan task; where something is missing it says what, and asks why where that is allowed. */
export function Complete({ task, acting, entry, mayPass }: CompleteProps) {
  const { t } = useTranslation();
  const action = task.actions.find((one) => one.name === 'complete');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const problem = acting.error === null ? null : problemOf(acting.error);
  const missing = problem?.code === 'scans_missing' ? problem : null;
  const left = entry.info?.missing ?? 0;
  // Where the flow only warns, whoever scans says why; else it takes somebody who may.
  const warns = entry.info?.policies['missing'] === 'warn';
  const passes = warns || mayPass;
  const letting = useMutation({
    mutationFn: () => override(task.id, 'missing', reason.trim(), null, newClientKey()),
    onSuccess: () => {
      if (action !== undefined) acting.send(action, { comment: reason.trim() });
    },
  });
  if (action === undefined) return null;
  const anyway = () => {
    setTried(true);
    if (reason.trim() === '') return;
    if (warns) acting.send(action, { how: ANYWAY, comment: reason.trim() });
    else letting.mutate();
  };
  return (
    <>
      <Button
        type={left > 0 ? 'default' : 'primary'}
        className="task-act task-act-main"
        loading={acting.busy}
        disabled={entry.desk.queue.length > 0}
        onClick={() => acting.begin(action)}
      >
        {action.title}
        {left > 0 && <small className="st-short">{t('tasks.scan.left', { count: left })}</small>}
      </Button>
      <Modal
        open={missing !== null}
        title={missing?.detail ?? t('tasks.scan.incomplete')}
        onCancel={acting.reset}
        footer={
          <>
            <Button onClick={acting.reset}>{t('tasks.scan.goOn')}</Button>
            {passes && (
              <Button danger loading={letting.isPending || acting.busy} onClick={anyway}>
                {t('tasks.scan.overrideAct')}
              </Button>
            )}
          </>
        }
      >
        <ul className="st-missing">
          {missing?.errors?.map((one, at) => (
            <li key={at}>
              {one.message}
              {one.advice != null && <small className="muted"> {one.advice}</small>}
            </li>
          ))}
        </ul>
        {passes ? (
          <label className="st-reason">
            <b>{t('tasks.scan.override')}</b>
            <Input.TextArea
              rows={2}
              value={reason}
              status={tried && reason.trim() === '' ? 'error' : ''}
              placeholder={t('tasks.scan.reasonMust')}
              aria-label={t('tasks.scan.reason')}
              onChange={(event) => setReason(event.target.value)}
            />
            <span className="hint">{t('tasks.scan.overrideHow')}</span>
          </label>
        ) : (
          <p className="muted">{missing?.advice}</p>
        )}
        <ProblemAlert problem={letting.error} />
      </Modal>
    </>
  );
}
