import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import { Icon } from '../../components/Icon';
import { ProblemAlert, ProblemLine } from '../../components/ProblemAlert';
import { AnswerBanner, AnswerList, useAnswers } from '../../components/ScanAnswers';
import { ScanBox } from '../../components/ScanBox';
import { useIsPhone } from '../../components/useIsPhone';
import { useScans } from '../../scan/ScanContext';
import { PasteDialog } from '../scan/PasteDialog';
import type { Recall } from './calls';
import { postAction } from './calls';
import { AT_HAND } from './statuses';

interface HandleDrawerProps {
  recall: Recall;
  open: boolean;
  onClose: () => void;
}

/** Register what was done with pieces by scanning one after the other. */
export function HandleDrawer({ recall, open, onClose }: HandleDrawerProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('recalls.handleByScan')}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 520}
      destroyOnHidden
    >
      <Handling recall={recall} />
    </Drawer>
  );
}

function Handling({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [kind, setKind] = useState<string>('rework');
  const [measure, setMeasure] = useState('');
  const { rows, take } = useAnswers(
    async (code) => {
      await postAction(recall.id, {
        kind,
        items: [code],
        measure: measure.trim(),
        client_key: newClientKey(),
      });
      void queries.invalidateQueries({ queryKey: ['recalls'] });
      return t(`recalls.act.${kind}`);
    },
    ['recall_already_handled'],
  );
  useScans((raw) => void take(raw));
  const [pasting, setPasting] = useState(false);
  const list = useMutation({
    mutationFn: (codes: string[]) =>
      postAction(recall.id, {
        kind,
        items: codes,
        measure: measure.trim(),
        mode: 'partial',
        client_key: newClientKey(),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['recalls'] }),
  });
  return (
    <div className="stack">
      <p className="muted">{t('recalls.handleHow')}</p>
      <Segmented<string>
        value={kind}
        onChange={setKind}
        className="recall-kinds"
        options={AT_HAND.map((one) => ({ value: one, label: t(`recalls.act.${one}`) }))}
      />
      <Input
        value={measure}
        maxLength={200}
        aria-label={t('recalls.measure')}
        placeholder={t('recalls.measureExample')}
        onChange={(event) => setMeasure(event.target.value)}
      />
      <ScanBox size="big" autoFocus placeholder={t('recalls.scanPiece')} onScan={(raw) => void take(raw)} />
      <Button icon={<Icon name="list" size={16} />} loading={list.isPending} onClick={() => setPasting(true)}>
        {t('recalls.paste')}
      </Button>
      <PasteDialog open={pasting} onClose={() => setPasting(false)} onCodes={(codes) => list.mutate(codes)} />
      <ProblemAlert problem={list.error} />
      {list.data && (
        <div className="recall-pasted" role="status" aria-label={t('recalls.paste')}>
          <b>{t('recalls.pasted', { count: list.data.accepted })}</b>
          {list.data.refused.length > 0 && (
            <>
              <p className="recall-left">{t('recalls.notTaken', { count: list.data.refused.length })}</p>
              <ul>
                {list.data.refused.slice(0, 20).map((one) => (
                  <li key={one.pointer}>
                    <ProblemLine error={one} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      <AnswerBanner row={rows[0]} hint={t('recalls.scanPiece')} />
      <p className="row">
        <b className="number">
          {recall.handled.toLocaleString()}/{recall.total.toLocaleString()}
        </b>
        <span className="muted">{recall.effectiveness.toFixed(1)}%</span>
      </p>
      <AnswerList rows={rows.slice(1)} label={t('recalls.scanned')} />
    </div>
  );
}
