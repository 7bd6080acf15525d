import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Modal, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { findRecords } from '../../forms/calls';
import { asText } from '../../forms/model';
import type { Tried } from './calls';
import { tryOut } from './calls';
import { useDesk } from './desk';
import type { Saving } from './useSaving';

interface TryOutProps {
  open: boolean;
  saving: Saving;
  tried: Tried | null;
  onTried: (tried: Tried) => void;
  onClose: () => void;
}

/** A test run: a record is chosen and goes through what is drawn, without anything being done. */
export function TryOut({ open, saving, onTried, onClose }: TryOutProps) {
  const { t } = useTranslation();
  const { app, flow, form } = useDesk();
  const [record, setRecord] = useState<number | null>(null);
  const records = useQuery({
    queryKey: ['flow-design', app, form.code, 'records'],
    queryFn: ({ signal }) => findRecords(app, form.code, { limit: 50 }, signal),
    enabled: open,
  });
  const run = useMutation({
    mutationFn: (id: number) => tryOut(app, flow, id),
    onSuccess: (answer) => {
      onTried(answer);
      onClose();
    },
  });
  const rows = records.data?.records ?? [];
  const chosen = record ?? rows[0]?.id ?? null;
  return (
    <Modal
      open={open}
      title={t('flowdesigner.tryTitle')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            disabled={chosen === null || saving.changed}
            loading={run.isPending || saving.saving.isPending}
            onClick={() => {
              if (chosen !== null) run.mutate(chosen);
            }}
          >
            {t('flowdesigner.run')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t('flowdesigner.tryHow')}</p>
        {records.isPending && open && <Skeleton active paragraph={{ rows: 1 }} />}
        {records.isSuccess && rows.length === 0 && <p className="muted">{t('flowdesigner.noRecords')}</p>}
        {rows.length > 0 && (
          <Select<number>
            aria-label={t('flowdesigner.record')}
            showSearch={{ optionFilterProp: 'label' }}
            value={chosen}
            options={rows.map((one) => ({
              value: one.id,
              label: `${one.id} · ${Object.values(one.values)
                .filter((value) => !Array.isArray(value))
                .map(asText)
                .filter((text) => text !== '')
                .slice(0, 3)
                .join(' · ')}`,
            }))}
            onChange={setRecord}
          />
        )}
        <ProblemAlert problem={records.error ?? run.error} />
      </div>
    </Modal>
  );
}
