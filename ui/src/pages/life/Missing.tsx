import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Reading } from '../../api/client';
import { postScan } from '../../api/client';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ItemState } from '../../components/ItemState';
import { Page } from '../../components/Page';

function useReadings(code: string) {
  return useQuery({
    queryKey: ['life', code, 'readings'],
    queryFn: () => postScan(code),
    retry: false,
  });
}

/** Nothing has this code: what it may have been meant to be. */
export function Missing({ code }: { code: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useReadings(code);
  const near = (data?.readings ?? []).filter((reading) => reading.item !== null);
  return (
    <Page title={t('life.title')}>
      <div className="card">
        <EmptyState
          icon="search"
          title={t('life.unknown', { code })}
          action={
            <span className="row">
              <Button onClick={() => void navigate(`/items?prefix=${encodeURIComponent(code.slice(0, -3))}`)}>
                {t('life.byPrefix')}
              </Button>
              <Button onClick={() => void navigate('/import')}>{t('life.import')}</Button>
            </span>
          }
        >
          {t('life.unknownHow')}
        </EmptyState>
      </div>
      {near.length > 0 && (
        <Candidates title={t('life.near')} readings={near}>
          {(reading) => `/items/${encodeURIComponent(reading.item?.code ?? '')}`}
        </Candidates>
      )}
    </Page>
  );
}

/** Several things have this code: which one is meant. */
export function Choose({ code }: { code: string }) {
  const { t } = useTranslation();
  const { data } = useReadings(code);
  const found = (data?.readings ?? []).filter((reading) => reading.item !== null);
  return (
    <Page title={t('life.title')} beside={t('life.several', { code, count: found.length })}>
      <Candidates title={t('life.which')} readings={found}>
        {(reading) =>
          `/items/${encodeURIComponent(code)}?ns=${encodeURIComponent(reading.namespaces?.[0] ?? 'own')}`
        }
      </Candidates>
    </Page>
  );
}

interface CandidatesProps {
  title: string;
  readings: Reading[];
  children: (reading: Reading) => string;
}

function Candidates({ title, readings, children }: CandidatesProps): ReactNode {
  return (
    <section className="card candidates" aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
      </div>
      <ul>
        {readings.map((reading) => (
          <li key={reading.rank}>
            <Link to={children(reading)}>
              <Code value={reading.item?.code ?? ''} copy={false} />
              <span>{reading.item?.product}</span>
              {reading.item?.state && <ItemState state={reading.item.state} />}
              <span className="mono">{reading.item?.place}</span>
              <span className="hint">{reading.namespaces?.join(' · ')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
