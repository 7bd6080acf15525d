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
import { MissingLines } from './MissingLines';
import type { ScanTaskEntry } from './useScanTask';

interface CompleteProps {
  task: TaskInfo;
  acting: ReturnType<typeof useActing>;
  entry: ScanTaskEntry;
}

/** Completing a scan task; where something is missing it says what, and asks why where that is allowed. */
export function Complete({ task, acting, entry }: CompleteProps) {
  const { t } = useTranslation();
  const action = task.actions.find((one) => one.name === 'complete');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = acting.error !== null && problemOf(acting.error).code === 'scans_missing';
  const left = entry.info?.missing ?? 0;
  const letting = useMutation({
    mutationFn: () => override(task.id, 'missing', reason.trim(), newClientKey()),
    onSuccess: () => {
      if (action !== undefined) acting.send(action, { comment: reason.trim() });
    },
  });
  if (action === undefined) return null;
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
        open={missing}
        title={t('tasks.scan.incomplete')}
        onCancel={acting.reset}
        footer={
          <>
            <Button onClick={acting.reset}>{t('tasks.scan.close')}</Button>
            {entry.info?.override === true && (
              <Button
                danger
                loading={letting.isPending || acting.busy}
                onClick={() => {
                  setTried(true);
                  if (reason.trim() !== '') letting.mutate();
                }}
              >
                {t('tasks.scan.overrideAct')}
              </Button>
            )}
          </>
        }
      >
        <div className="st-missing">
          <MissingLines info={entry.info} />
        </div>
        {entry.info?.override === true && (
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
        )}
        <ProblemAlert problem={letting.error} />
      </Modal>
    </>
  );
}
