import { useMutation } from '@tanstack/react-query';
import { Button, Input, Modal, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import type { Outcome } from './changing';
import { deleteMany } from './changing';
import { Refusals } from './Refusals';

interface BatchDeleteProps {
  app: string;
  form: FormInfo;
  records: readonly FormRecord[];
  onDone: (gone: readonly number[]) => void;
  onClose: () => void;
}

/** Many records deleted, after their number has been typed. */
export function BatchDelete({ app, form, records, onDone, onClose }: BatchDeleteProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [progress, setProgress] = useState(0);
  const mine = records.filter((one) => one.deletable);
  const deleting = useMutation<Outcome>({
    mutationFn: () => deleteMany(app, form.code, mine, setProgress),
    onSuccess: (outcome) => {
      if (outcome.refused.length === 0) onDone(mine.map((one) => one.id));
    },
  });
  const outcome = deleting.data;
  const left = new Set(outcome?.refused.map((one) => one.record.id));
  const end = () => onDone(mine.filter((one) => !left.has(one.id)).map((one) => one.id));
  const word = String(mine.length);
  return (
    <Modal
      open
      title={t('records.batch.deleteTitle', { count: mine.length })}
      onCancel={() => !deleting.isPending && (outcome === undefined ? onClose() : end())}
      footer={
        outcome !== undefined ? (
          <Button type="primary" onClick={end}>
            {t('done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('keep')}</Button>
            <Button
              danger
              type="primary"
              loading={deleting.isPending}
              disabled={typed.trim() !== word}
              onClick={() => deleting.mutate()}
            >
              {t('delete')}
            </Button>
          </>
        )
      }
    >
      <div className="stack">
        <p>{t('records.batch.deleteHow')}</p>
        {mine.length < records.length && (
          <p className="muted">{t('records.batch.notMine', { count: records.length - mine.length })}</p>
        )}
        {outcome === undefined && (
          <label>
            <p className="muted">{t('records.batch.deleteType', { count: mine.length })}</p>
            <Input autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} />
          </label>
        )}
        {(deleting.isPending || outcome !== undefined) && (
          <Progress percent={Math.round((100 * progress) / Math.max(1, mine.length))} />
        )}
        {outcome !== undefined && <Refusals form={form} refused={outcome.refused} />}
      </div>
    </Modal>
  );
}
