import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Recall } from './calls';
import { postClose } from './calls';

/** Close a recall; pieces that are left keep their mark, and that is said before. */
export function CloseDialog({
  recall,
  open,
  onClose,
}: {
  recall: Recall;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  const left = recall.total - recall.handled;
  const held = recall.mock ? [] : recall.quantities.filter((row) => row.blocked);
  const [released, setReleased] = useState<boolean | null>(null);
  const releases = released ?? left === 0;
  const close = useMutation({
    mutationFn: () => postClose(recall.id, { confirmed, note: note.trim(), release_stock: releases }),
    onSuccess: async (done) => {
      await queries.invalidateQueries({ queryKey: ['recalls'] });
      const count = done.released_balances;
      void message.success(t(count > 0 ? 'recalls.closedReleased' : 'recalls.closed', { count }));
      onClose();
    },
  });
  return (
    <Modal
      open={open}
      title={t('recalls.closeTitle', { name: recall.name })}
      okText={t('recalls.close')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: left > 0 && !confirmed, loading: close.isPending, danger: left > 0 }}
      onOk={() => close.mutate()}
      onCancel={onClose}
      destroyOnHidden
    >
      <div className="stack">
        <p>{t('recalls.closeHow', { percent: recall.effectiveness.toFixed(1) })}</p>
        <Input.TextArea
          value={note}
          aria-label={t('note')}
          placeholder={t('recalls.closeNote')}
          onChange={(event) => setNote(event.target.value)}
        />
        {held.length > 0 && (
          <div>
            <Checkbox checked={releases} onChange={(event) => setReleased(event.target.checked)}>
              {t('recalls.closeRelease', { count: held.length })}
            </Checkbox>
            <p className="hint">{t(releases ? 'recalls.closeReleaseHow' : 'recalls.closeKeepHow')}</p>
          </div>
        )}
        {left > 0 && (
          <Checkbox checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)}>
            {t('recalls.closeLeft', { count: left })}
          </Checkbox>
        )}
        <ProblemAlert problem={close.error} />
      </div>
    </Modal>
  );
}
