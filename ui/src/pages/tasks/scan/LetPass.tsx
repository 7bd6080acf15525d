import { useMutation } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { ScanTaskEntry } from './useScanTask';

/** Let one wrong scan pass (放行), for those who may: the reason stands in the trail. */
export function LetPass({ entry, as }: { entry: ScanTaskEntry; as: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const letting = useMutation({ mutationFn: () => entry.letPass(as, reason.trim()) });
  return (
    <>
      <Button className="st-pass" onClick={() => setOpen(true)}>
        {t('tasks.scan.pass')}
      </Button>
      <Modal
        open={open}
        title={t('tasks.scan.passTitle')}
        onCancel={() => setOpen(false)}
        okText={t('tasks.scan.passDo')}
        cancelText={t('cancel')}
        okButtonProps={{ danger: true, disabled: reason.trim() === '', loading: letting.isPending }}
        onOk={() => letting.mutate()}
      >
        <ProblemAlert problem={letting.error} />
        <label className="st-reason">
          <span>{t('tasks.scan.reason')}</span>
          <Input.TextArea
            rows={2}
            autoFocus
            value={reason}
            placeholder={t('tasks.scan.reasonMust')}
            onChange={(event) => setReason(event.target.value)}
          />
          <span className="hint">{t('tasks.scan.passHow')}</span>
        </label>
      </Modal>
    </>
  );
}
