import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { newClientKey } from '../../api/clientKey';
import type { FullJob } from '../../api/exports';
import { listJobs } from '../../api/exports';
import { getProduct } from '../../api/master';
import { Code } from '../../components/Code';
import { ExportButton } from '../../components/ExportButton';
import { JobProgress } from '../../components/JobProgress';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useFilters } from '../../components/useFilters';
import { listRules } from '../codes/calls';
import type { Made, MakeBody } from './calls';
import { postMake } from './calls';
import './making.css';
import type { Order } from './order';
import { bodyOf, countOf, EMPTY, missing } from './order';
import { OrderForm } from './OrderForm';
import { Preview } from './Preview';
import { Result } from './Result';

/** Codes for new items: what, by which rule, how many; then a look; then they are made. */
export function MakingPage() {
  const { t } = useTranslation();
  const [filters, setFilters] = useFilters(['product', 'rule', 'job'] as const);
  const [order, setOrder] = useState<Order>({
    ...EMPTY,
    product: filters.product ?? null,
    rule: filters.rule ?? null,
  });
  const [made, setMade] = useState<{ made: Made; order: Order } | null>(null);
  const rules = useQuery({
    queryKey: ['codes', 'list', 'active'],
    queryFn: ({ signal }) => listRules({ active: true, limit: 1000 }, signal),
  });
  const product = useQuery({
    queryKey: ['products', order.product],
    queryFn: ({ signal }) => getProduct(order.product ?? '', signal),
    enabled: order.product !== null,
  });
  // The rule of the product stands until another one is chosen.
  const chosen = order.rule ?? (order.kind === 'serial' ? (product.data?.rule ?? null) : null);
  const rule = rules.data?.rules.find((one) => one.code === chosen);
  const full: Order = { ...order, rule: chosen };
  const key = useRef({ of: '', key: '' });

  const make = useMutation({
    mutationFn: (body: MakeBody) => postMake(body),
    onSuccess: (answer) => {
      key.current = { of: '', key: '' };
      if ('job' in answer) {
        setMade(null);
        setFilters({ job: answer.job });
      } else {
        setMade({ made: answer, order: full });
        setFilters({ job: null });
      }
    },
  });
  const submit = () => {
    const body = bodyOf(full, rule);
    const of = JSON.stringify(body);
    // The same order sent again, after a broken connection, must not be made twice.
    if (key.current.of !== of) key.current = { of, key: newClientKey() };
    setMade(null);
    make.mutate({ ...body, client_key: key.current.key });
  };
  const change = (part: Partial<Order>) => {
    setOrder((before) => ({ ...before, ...part }));
    make.reset();
  };
  const count = countOf(full);
  const lacking = missing(full, rule);
  return (
    <Page title={t('making.title')} beside={t('making.beside')}>
      <div className="making">
        <section className="card making-form" aria-label={t('making.order')}>
          <OrderForm
            order={full}
            rules={rules.data?.rules ?? []}
            rule={rule}
            product={product.data}
            problem={make.error}
            onChange={change}
          />
          <footer className="making-foot">
            <Button
              type="primary"
              size="large"
              block
              disabled={lacking !== null}
              loading={make.isPending}
              onClick={submit}
            >
              {lacking === null ? t('making.make', { count }) : t(`making.lack.${lacking}`)}
            </Button>
            {count > 10_000 && <p className="hint">{t('making.asJob')}</p>}
          </footer>
        </section>
        <div className="stack">
          <ProblemAlert problem={make.error} />
          {filters.job !== undefined && (
            <JobCard id={filters.job} onClose={() => setFilters({ job: null })} />
          )}
          {made !== null && (
            <Result
              made={made.made}
              rule={made.order.way === 'rule' ? rule : undefined}
              onClose={() => setMade(null)}
            />
          )}
          {made === null && filters.job === undefined && <Preview order={full} rule={rule} />}
          <Recent onOpen={(id) => setFilters({ job: id })} open={filters.job} />
        </div>
      </div>
    </Page>
  );
}

function JobCard({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-label={t('making.job')}>
      <header className="card-head">
        <h2 className="grow">{t('making.job')}</h2>
        <Button type="text" size="small" onClick={onClose}>
          {t('making.another')}
        </Button>
      </header>
      <div className="making-body">
        <JobProgress id={id}>
          {(job) => {
            const result = job.result as Made;
            return (
              <>
                <p className="making-ends">
                  <Code value={result.first} /> … <Code value={result.last} diffFrom={result.first} />
                </p>
                <ExportButton body={{ what: 'codes', job: id }} label={t('making.export')} />
              </>
            );
          }}
        </JobProgress>
      </div>
    </section>
  );
}

function Recent({ onOpen, open }: { onOpen: (id: string) => void; open: string | undefined }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['jobs', 'list', 'making', open],
    queryFn: ({ signal }) => listJobs({ kind: 'make', mine: true, limit: 5 }, signal),
  });
  const jobs: FullJob[] = data?.jobs.filter((job) => job.id !== open) ?? [];
  if (jobs.length === 0) return null;
  return (
    <section className="card" aria-label={t('making.recent')}>
      <header className="card-head">
        <h2 className="grow">{t('making.recent')}</h2>
        <Link to="/jobs?kind=make">{t('making.allJobs')}</Link>
      </header>
      <ul className="making-recent">
        {jobs.map((job) => (
          <li key={job.id}>
            <button type="button" onClick={() => onOpen(job.id)}>
              <span className="number">{job.total?.toLocaleString('en')}</span>
              <span className="grow muted">{t(`job.${job.state}`)}</span>
              <span className="mono hint">{new Date(job.created_at).toLocaleString()}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
