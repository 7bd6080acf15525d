import { Button, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { ItemDetail, LifeEvent } from '../../api/items';
import { problemOf } from '../../api/problem';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useFilters } from '../../components/useFilters';
import { useIsPhone } from '../../components/useIsPhone';
import { PartsTab } from '../genealogy/PartsTab';
import { ProofTab } from '../ledger/ProofTab';
import { SealCard } from '../ledger/SealCard';
import { ActionDrawer } from './ActionDrawer';
import { useItem, useLife, useNames, useProduct } from './calls';
import { CorrectDrawer } from './CorrectDrawer';
import { Documents, documentsOf } from './Documents';
import { Header } from './Header';
import { Identifiers } from './Identifiers';
import { CodeMeaning } from './CodeMeaning';
import { Choose, Missing } from './Missing';
import { PartsCard } from './PartsCard';
import { Timeline } from './Timeline';
import './life.css';
import './print.css';

/** The life history (生命履历) of one item. */
export function LifePage() {
  const { code = '' } = useParams();
  const [params] = useSearchParams();
  const namespace = params.get('ns') ?? undefined;
  const item = useItem(code, namespace);
  if (item.isPending) return <Skeleton active className="page" />;
  if (item.isError) {
    const problem = problemOf(item.error);
    if (problem.code === 'ambiguous_item') return <Choose code={code} />;
    if (problem.code === 'unknown_item') return <Missing code={code} />;
    return (
      <div className="page">
        <ProblemAlert problem={item.error} onRetry={() => void item.refetch()} />
      </div>
    );
  }
  return <Life key={item.data.code} asked={code} namespace={namespace} item={item.data} />;
}

interface LifeProps {
  /** The identifier in the address. */
  asked: string;
  namespace: string | undefined;
  item: ItemDetail;
}

function Life({ asked, namespace, item }: LifeProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const life = useLife(asked, namespace);
  const product = useProduct(item.product);
  const [action, setAction] = useState<string | null>(null);
  const [correcting, setCorrecting] = useState<LifeEvent | null>(null);
  const events = life.data?.pages.flatMap((page) => page.events) ?? [];
  const name = useNames(placesOf(item, events), partnersOf(item, events));
  const [{ tab = 'story' }, setFilters] = useFilters(['tab', 'at', 'view', 'trace'] as const);
  const count = (key: string, number?: number) => (
    <>
      {t(`life.tab.${key}`)} {number !== undefined && <span className="number hint">{number}</span>}
    </>
  );
  const tabs = [
    { key: 'story', label: count('story', item.seq) },
    { key: 'parts', label: count(item.kind === 'package' ? 'contents' : 'parts') },
    { key: 'where', label: count('where') },
    { key: 'documents', label: count('documents', documentsOf(events).length) },
    { key: 'proof', label: count('proof') },
  ];
  const story = (
    <div className="life-columns">
      <div className="life-story">
        {life.isError && <ProblemAlert problem={life.error} onRetry={() => void life.refetch()} />}
        {life.isPending && <Skeleton active className="card life-wait" />}
        {life.isSuccess && (
          <Timeline item={item} events={events} name={name} newestFirst={phone} onCorrect={setCorrecting} />
        )}
        {life.hasNextPage && (
          <Button block loading={life.isFetchingNextPage} onClick={() => void life.fetchNextPage()}>
            {t('life.loadMore')}
          </Button>
        )}
      </div>
      <aside className="life-side">
        <PartsCard asked={asked} namespace={namespace} item={item} />
        <SealCard code={item.code} />
        <CodeMeaning code={item.code} />
        <Identifiers item={item} />
      </aside>
    </div>
  );
  return (
    <div className="page life">
      <Header item={item} name={name} onAct={setAction} />
      <Tabs
        className="life-tabs"
        activeKey={tab}
        onChange={(key) =>
          setFilters({ tab: key === 'story' ? null : key, at: null, view: null, trace: null })
        }
        items={tabs}
      />
      {tab === 'story' && story}
      {(tab === 'parts' || tab === 'where') && (
        <PartsTab
          key={tab}
          asked={asked}
          namespace={namespace}
          item={item}
          events={events}
          direction={tab === 'parts' ? 'down' : 'up'}
        />
      )}
      {tab === 'documents' && <Documents events={events} />}
      {tab === 'proof' && (
        <ProofTab
          item={item}
          events={events}
          product={[item.product, product.data?.name].filter(Boolean).join(' ')}
        />
      )}
      <ActionDrawer item={item} operation={action} onClose={() => setAction(null)} />
      <CorrectDrawer item={item} event={correcting} events={events} onClose={() => setCorrecting(null)} />
    </div>
  );
}

function unique(codes: (string | null | undefined)[]): string[] {
  return [...new Set(codes.filter((code): code is string => typeof code === 'string' && code !== ''))].sort();
}

function placesOf(item: ItemDetail, events: LifeEvent[]): string[] {
  return unique([item.place, ...events.flatMap((event) => [event.from.place, event.to.place])]);
}

function partnersOf(item: ItemDetail, events: LifeEvent[]): string[] {
  return unique([item.holder, item.owner, ...events.map((event) => event.partner)]);
}
