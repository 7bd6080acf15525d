import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { JobProgress } from '../../components/JobProgress';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Seal } from '../../components/Seal';
import { Tag } from '../../components/Tags';
import type { Checkpoint, Fault, Seals } from './calls';
import { ends, fetchVerifier, listCheckpoints, postVerification, useSeals } from './calls';
import { FaultList } from './FaultList';
import './ledger.css';
import { PeriodCard } from './PeriodCard';
import { PublishedCard } from './PublishedCard';

/** The ledger's seals (台账校验): what is sealed, whether it still holds, and what does not. */
export function LedgerPage() {
  const { t } = useTranslation();
  const seals = useSeals();
  return (
    <Page
      title={t('ledger.title')}
      beside={t('ledger.beside')}
      actions={
        <Button icon={<Icon name="export" size={16} />} onClick={() => void fetchVerifier()}>
          {t('ledger.verifier')}
        </Button>
      }
    >
      {seals.isPending && <Skeleton active />}
      {seals.isError && <ProblemAlert problem={seals.error} onRetry={() => void seals.refetch()} />}
      {seals.isSuccess && <Sealed seals={seals.data} />}
    </Page>
  );
}

function Sealed({ seals }: { seals: Seals }) {
  const { t } = useTranslation();
  return (
    <div className="stack ledger">
      <section className="card ledger-figures" aria-label={t('ledger.state')}>
        <div className="ledger-seal">
          <Seal size={56} label={t('ledger.sealed')} />
        </div>
        <dl>
          <Figure title={t('ledger.rows')} value={seals.rows.toLocaleString()} below={t('ledger.rowsHow')} />
          <Figure
            title={t('ledger.blocks')}
            value={seals.blocks.toLocaleString()}
            below={
              seals.head === null
                ? ''
                : t('ledger.sealedAt', { at: dayjs(seals.head.sealed).format('MM-DD HH:mm:ss') })
            }
          />
          <Figure
            title={t('ledger.waiting')}
            value={seals.waiting.toLocaleString()}
            below={t(seals.late ? 'ledger.late' : 'ledger.waitingHow')}
            bad={seals.late}
          />
          {seals.head !== null && (
            <Figure title={t('ledger.head')} value={ends(seals.head.hash)} below={t('ledger.headHow')} mono />
          )}
        </dl>
      </section>
      <div className="ledger-columns">
        <Verification seals={seals} />
        <div className="stack">
          <PeriodCard />
          <PublishedCard seals={seals} />
          <Keys seals={seals} />
        </div>
      </div>
      <Checkpoints />
    </div>
  );
}

interface FigureProps {
  title: string;
  value: string;
  below: string;
  bad?: boolean;
  mono?: boolean;
}

function Figure({ title, value, below, bad = false, mono = false }: FigureProps) {
  return (
    <div>
      <dt>{title}</dt>
      <dd className={mono ? 'mono ledger-mono' : 'number'}>{value}</dd>
      <dd className={bad ? 'ledger-bad' : 'hint'}>{below}</dd>
    </div>
  );
}

/** Verify now, as a job; what the last one said. */
function Verification({ seals }: { seals: Seals }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [job, setJob] = useState<string | null>(null);
  const start = useMutation({ mutationFn: postVerification, onSuccess: (made) => setJob(made.job) });
  const last = seals.last_verification;
  return (
    <section className="card" aria-label={t('ledger.verify')}>
      <div className="card-head">
        <h2>{t('ledger.verify')}</h2>
        {job === null && last !== null && (
          <Tag tone={last.count === 0 ? 'green' : 'red'}>
            {last.count === 0 ? t('ledger.clean') : t('ledger.faults', { count: last.count })}
          </Tag>
        )}
        <span className="grow" />
        <Button
          type="primary"
          icon={<Icon name="shield" size={16} />}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t('ledger.verifyNow')}
        </Button>
      </div>
      <div className="ledger-body">
        <ProblemAlert problem={start.error} />
        {job !== null && (
          <JobProgress key={job} id={job}>
            {(done) => {
              const result = done.result as { count: number; rows: number; faults: Fault[] };
              return (
                <>
                  <Verdict count={result.count} rows={result.rows} />
                  <FaultList faults={result.faults} count={result.count} />
                  <Button
                    onClick={() => {
                      setJob(null);
                      void queries.invalidateQueries({ queryKey: ['ledger'] });
                    }}
                  >
                    {t('done')}
                  </Button>
                </>
              );
            }}
          </JobProgress>
        )}
        {job === null && last === null && <p className="muted">{t('ledger.never')}</p>}
        {job === null && last !== null && (
          <>
            <Verdict count={last.count} rows={last.rows} />
            <p className="muted">
              {t('ledger.lastAt', { at: dayjs(last.at).format('YYYY-MM-DD HH:mm'), who: last.actor })}
            </p>
            <FaultList faults={last.faults} count={last.count} />
          </>
        )}
        <p className="hint">{t('ledger.verifyHow')}</p>
      </div>
    </section>
  );
}

function Verdict({ count, rows }: { count: number; rows: number }) {
  const { t } = useTranslation();
  return (
    <p className={count === 0 ? 'ledger-verdict ledger-good' : 'ledger-verdict ledger-bad'} role="status">
      <Icon name={count === 0 ? 'check' : 'warning'} size={22} />
      {count === 0
        ? t('ledger.allHold', { rows: rows.toLocaleString() })
        : t('ledger.someBroken', { count, rows: rows.toLocaleString() })}
    </p>
  );
}

function Keys({ seals }: { seals: Seals }) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-label={t('ledger.keys')}>
      <div className="card-head">
        <h2>{t('ledger.keys')}</h2>
        <span className="hint">{t('ledger.keysHow')}</span>
      </div>
      <ul className="ledger-keys">
        {seals.keys.map((one) => (
          <li key={one.key}>
            <span className="mono">{one.fingerprint}</span>
            <span className="hint">
              {t('ledger.keySince', { day: dayjs(one.since).format('YYYY-MM-DD') })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Checkpoints() {
  const { t } = useTranslation();
  return (
    <section aria-label={t('ledger.checkpoints')}>
      <h2 className="ledger-title">{t('ledger.checkpoints')}</h2>
      <KeyPagedTable<Checkpoint>
        label={t('ledger.checkpoints')}
        queryKey={['ledger', 'checkpoints']}
        fetchPage={listCheckpoints}
        rowKey={(row) => String(row.number)}
        empty={<p className="ledger-body muted">{t('ledger.noCheckpoints')}</p>}
        columns={[
          {
            title: t('ledger.block'),
            key: 'number',
            align: 'right',
            render: (_, row) => <span className="number">{row.number}</span>,
          },
          {
            title: t('ledger.sealedWhen'),
            key: 'at',
            render: (_, row) => (
              <span className="mono">{dayjs(row.sealed).format('YYYY-MM-DD HH:mm:ss')}</span>
            ),
          },
          {
            title: t('ledger.leaves'),
            key: 'leaves',
            align: 'right',
            render: (_, row) => <span className="number">{row.leaves.toLocaleString()}</span>,
          },
          {
            title: t('ledger.total'),
            key: 'total',
            align: 'right',
            render: (_, row) => <span className="number">{row.total.toLocaleString()}</span>,
          },
          {
            title: t('ledger.root'),
            key: 'root',
            render: (_, row) => (
              <span className="mono" title={row.log_root}>
                {ends(row.log_root)}
              </span>
            ),
          },
          {
            title: t('ledger.hash'),
            key: 'hash',
            render: (_, row) => (
              <span className="mono" title={row.hash}>
                {ends(row.hash)}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
