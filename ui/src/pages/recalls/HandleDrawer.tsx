import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import { problemOf } from '../../api/problem';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { ScanBox } from '../../components/ScanBox';
import { useIsPhone } from '../../components/useIsPhone';
import { useScans } from '../../scan/ScanContext';
import { play } from '../../scan/sounds';
import type { Recall } from './calls';
import { postAction } from './calls';
import { AT_HAND } from './statuses';

/** One scan and what came of it. */
interface Answered {
  id: number;
  code: string;
  answer: 'right' | 'wrong' | 'again' | 'sending';
  text: string;
}

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
      size={phone ? '92%' : 480}
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
  const [rows, setRows] = useState<Answered[]>([]);
  const take = async (raw: string) => {
    const code = raw.trim();
    if (code === '') return;
    const id = Date.now() + Math.random();
    const tell = (answer: Answered['answer'], text: string) =>
      setRows((before) =>
        [{ id, code, answer, text }, ...before.filter((row) => row.id !== id)].slice(0, 50),
      );
    tell('sending', '');
    try {
      await postAction(recall.id, {
        kind,
        items: [code],
        measure: measure.trim(),
        client_key: newClientKey(),
      });
      tell('right', t(`recalls.act.${kind}`));
      play('right');
      void queries.invalidateQueries({ queryKey: ['recalls'] });
    } catch (error) {
      const problem = problemOf(error);
      const first = problem.errors?.[0];
      const again = first?.code === 'recall_already_handled';
      tell(
        again ? 'again' : 'wrong',
        [first?.message ?? problem.title, first?.advice].filter(Boolean).join(' '),
      );
      play(again ? 'again' : 'wrong');
    }
  };
  useScans((raw) => void take(raw));
  const last = rows[0];
  return (
    <div className="stack">
      <p className="muted">{t('recalls.handleHow')}</p>
      <Segmented<string>
        vertical={false}
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
      {last !== undefined && last.answer !== 'sending' && (
        <div className={`recall-answer recall-answer-${last.answer}`} role="status">
          <Icon
            name={last.answer === 'right' ? 'check' : last.answer === 'again' ? 'info' : 'close'}
            size={28}
          />
          <div>
            <Code value={last.code} copy={false} />
            <p>{last.text}</p>
          </div>
        </div>
      )}
      <p className="row">
        <b className="number">
          {recall.handled.toLocaleString()}/{recall.total.toLocaleString()}
        </b>
        <span className="muted">{recall.effectiveness.toFixed(1)}%</span>
        <span className="grow" />
        {rows.length > 0 && (
          <Button size="small" onClick={() => setRows([])}>
            {t('clear')}
          </Button>
        )}
      </p>
      <ul className="recall-scans" aria-label={t('recalls.scanned')}>
        {rows.slice(1).map((row) => (
          <li key={row.id} className={`scan-${row.answer}`}>
            <Code value={row.code} copy={false} /> <span className="muted">{row.text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
