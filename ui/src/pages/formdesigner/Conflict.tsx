import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { ProblemAlert } from '../../components/ProblemAlert';
import { compare } from '../../formdesigner/comparing';
import { defaultsOf } from '../../formdesigner/declared';
import { getDrawn } from './calls';
import { useDesk } from './desk';
import { Differences } from './Differences';
import type { Saving } from './useSaving';

interface ConflictProps {
  open: boolean;
  /** Who was faster, and when. */
  problem: Problem;
  saving: Saving;
  onDiscard: () => void;
  onOver: () => void;
  onClose: () => void;
}

/** Somebody else was faster: look at what differs, give up what is drawn here, or put it over theirs. */
export function Conflict({ open, problem, saving, onDiscard, onOver, onClose }: ConflictProps) {
  const { t } = useTranslation();
  const { app, form, board, kinds } = useDesk();
  const [looking, setLooking] = useState(false);
  const theirs = useQuery({
    queryKey: ['form-design', 'theirs', app, form.code],
    queryFn: ({ signal }) => getDrawn(app, form.code, signal),
    enabled: looking,
    gcTime: 0,
  });
  return (
    <Modal
      open={open}
      width={720}
      title={t('formdesigner.conflict')}
      onCancel={onClose}
      footer={
        <>
          <Button disabled={looking} onClick={() => setLooking(true)}>
            {t('formdesigner.lookFirst')}
          </Button>
          <Button onClick={onDiscard}>{t('formdesigner.discardMine')}</Button>
          <Button danger type="primary" loading={saving.checking.isPending} onClick={onOver}>
            {t('formdesigner.overwrite')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <ProblemAlert problem={problem} />
        <p>{t('formdesigner.conflictHelp')}</p>
        {looking && theirs.isPending && <Skeleton active />}
        {theirs.data !== undefined && (
          <>
            <b>{t('formdesigner.theirsToMine')}</b>
            <Differences differences={compare(theirs.data.fields, board.present, defaultsOf(kinds))} />
          </>
        )}
      </div>
    </Modal>
  );
}
