import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { BatchSelect, PlaceSelect, ProductSelect } from '../../components/pickers';
import type { Told } from '../../components/ScanAnswers';
import { AnswerBanner, AnswerList, useAnswers } from '../../components/ScanAnswers';
import { ScanBox } from '../../components/ScanBox';
import { useFilters } from '../../components/useFilters';
import { useScans } from '../../scan/ScanContext';
import type { BindSetup, Bound } from './calls';
import { bindLabel } from './calls';
import './rolls.css';

const WAYS = ['one', 'set', 'piece'] as const;
const AGAIN = ['label_bound'];

/** The desk where pre-printed labels become pieces: one scan, one answer. */
export function BindPage() {
  const { t } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const [filters, setFilters] = useFilters(['product'] as const);
  const [setup, setSetup] = useState<Omit<BindSetup, 'product'>>({
    way: 'one',
    batch: null,
    place: null,
    document: '',
  });
  const [waiting, setWaiting] = useState<string | null>(null);
  const [count, setCount] = useState(0);
  const product = filters.product ?? null;
  const change = (changes: Partial<BindSetup>) => setSetup((before) => ({ ...before, ...changes }));

  const send = async (code: string): Promise<Told> => {
    let label = code;
    let item: string | null = null;
    if (setup.way === 'piece') {
      if (waiting === null || waiting === code) {
        setWaiting(code);
        return t('rolls.nowPiece');
      }
      [label, item] = [waiting, code];
      setWaiting(null);
    }
    const bound = await bindLabel(label, item, { ...setup, product });
    setCount((before) => before + bound.labels.filter((one) => one.kind === 'piece').length);
    void queries.invalidateQueries({ queryKey: ['rolls'] });
    return told(bound, t);
  };
  const { rows, take } = useAnswers(send, AGAIN);
  useScans((raw) => void take(raw));
  return (
    <Page title={t('rolls.bind')} beside={<span className="only-desk">{t('rolls.bindBeside')}</span>}>
      <div className="roll-desk">
        <section className="card roll-scan" aria-label={t('rolls.desk')}>
          <Segmented
            block
            value={setup.way}
            onChange={(way) => {
              change({ way });
              setWaiting(null);
            }}
            options={WAYS.filter((way) => way !== 'piece' || may('operation.relabel')).map((way) => ({
              value: way,
              label: t(`rolls.way.${way}`),
            }))}
          />
          <ScanBox
            size="big"
            autoFocus
            placeholder={waiting === null ? t('rolls.scanLabel') : t('rolls.scanPiece')}
            onScan={(raw) => void take(raw)}
          />
          {waiting !== null && (
            <p className="roll-waiting">
              <Icon name="label" size={20} />
              <Code value={waiting} copy={false} />
              <span className="grow">{t('rolls.nowPiece')}</span>
              <Button size="small" onClick={() => setWaiting(null)}>
                {t('cancel')}
              </Button>
            </p>
          )}
          <AnswerBanner row={rows[0]} hint={t(`rolls.hint.${setup.way}`)} />
          <p className="roll-count">
            <b className="number" data-testid="bound-count">
              {count}
            </b>
            <span className="muted">{t('rolls.boundHere')}</span>
          </p>
          <AnswerList rows={rows.slice(1, 12)} label={t('rolls.scans')} />
        </section>
        <section className="card" aria-label={t('rolls.setup')}>
          <Form layout="vertical">
            <Form.Item label={t('rolls.onlyProduct')} extra={t('rolls.onlyProductHow')}>
              <ProductSelect value={product} onChange={(code) => setFilters({ product: code })} />
            </Form.Item>
            <Form.Item label={t('rolls.bornPlace')}>
              <PlaceSelect value={setup.place} onChange={(place) => change({ place })} />
            </Form.Item>
            {product !== null && (
              <Form.Item label={t('batch_')}>
                <BatchSelect product={product} value={setup.batch} onChange={(batch) => change({ batch })} />
              </Form.Item>
            )}
            <Form.Item label={t('rolls.document')}>
              <Input
                className="mono"
                value={setup.document}
                onChange={(event) => change({ document: event.target.value })}
                placeholder="WO-2611-07"
              />
            </Form.Item>
          </Form>
        </section>
      </div>
    </Page>
  );
}

/** Say what a scan has bound: the piece with what it is packed in, or how many of a set. */
function told(bound: Bound, t: (key: string, values?: Record<string, unknown>) => string): string {
  const pieces = bound.labels.filter((one) => one.kind === 'piece');
  const first = pieces[0];
  if (first === undefined) return '';
  const box = first.package === null ? '' : t('rolls.into', { box: first.package });
  if (pieces.length > 1) return t('rolls.boundSet', { count: pieces.length, set: first.set }) + box;
  return t('rolls.boundOne', { roll: first.roll, set: first.set }) + box;
}
