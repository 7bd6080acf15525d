import { useMutation } from '@tanstack/react-query';
import { App, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Count, Unit } from './calls';
import { recount, useRefreshCounts } from './calls';
import { CodesSelect } from './CodesSelect';

interface RecountDialogProps {
  count: Count;
  open: boolean;
  onClose: () => void;
  /** What was ticked; else it is asked. */
  units?: Unit[];
}

/** Have what differs, or places that are named, counted again. */
export function RecountDialog({ count, open, onClose, units }: RecountDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const refresh = useRefreshCounts();
  const [all, setAll] = useState(true);
  const [places, setPlaces] = useState<string[]>([]);
  const chosen = units ?? (all ? null : places.map((place) => ({ place, product: null })));
  const acting = useMutation({
    mutationFn: () => recount(count.number, chosen),
    onSuccess: async (done) => {
      onClose();
      void message.success(t('counts.done.recount', { count: done.units }));
      await refresh();
    },
  });
  return (
    <Modal
      open={open}
      title={t('counts.recountTitle')}
      okText={t('counts.recount')}
      cancelText={t('counts.notYet')}
      okButtonProps={{ loading: acting.isPending, disabled: chosen?.length === 0 }}
      onOk={() => acting.mutate()}
      onCancel={onClose}
      afterClose={acting.reset}
      destroyOnHidden
    >
      <div className="stack">
        <p>
          {units !== undefined && t('counts.recountUnits', { count: units.length })}{' '}
          {t(count.same_counter ? 'counts.recountAny' : 'counts.recountOthers')}
        </p>
        {units === undefined && (
          <Radio.Group
            className="count-choices"
            value={all}
            onChange={(event) => setAll(event.target.value === true)}
          >
            <Radio value={true}>{t('counts.recountAll')}</Radio>
            <Radio value={false}>{t('counts.recountPlaces')}</Radio>
          </Radio.Group>
        )}
        {units === undefined && !all && (
          <CodesSelect
            of="places"
            value={places}
            onChange={setPlaces}
            label={t('counts.recountPlaces')}
            placeholder={t('counts.placesPick')}
          />
        )}
        <ProblemAlert problem={acting.error} />
      </div>
    </Modal>
  );
}
