import { Button, Skeleton, Tabs } from 'antd';
import dayjs from 'dayjs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Icon } from '../../components/Icon';
import '../../components/page.css';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useFilters } from '../../components/useFilters';
import { useIsPhone } from '../../components/useIsPhone';
import { usePersonNames } from '../../flows/queries';
import '../scanlists/scanlists.css';
import '../tasks/tasks.css';
import { Actions, Finish } from './Actions';
import type { Count, CountState } from './calls';
import { useCount } from './calls';
import './counts.css';
import { CountDesk } from './desk/CountDesk';
import { Differences } from './Differences';
import { CountStateTag, HowTags, Scope } from './looks';
import { Posting } from './Posting';
import { Report } from './Report';

const TABS = ['scan', 'differences', 'report'] as const;
type Tab = (typeof TABS)[number];

/** What is looked at first: what there is to do in that state. */
const FIRST: Record<CountState, Tab> = {
  open: 'scan',
  counted: 'differences',
  approved: 'differences',
  posting: 'report',
  posted: 'report',
  cancelled: 'report',
};

/** One count session: scanning into it, its differences, its report. */
export function CountPage() {
  const { id = '' } = useParams();
  const found = useCount(id);
  if (found.isPending) return <Skeleton active className="page" />;
  if (found.isError) {
    return (
      <div className="page">
        <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />
      </div>
    );
  }
  return <Session key={id} count={found.data} />;
}

function Session({ count }: { count: Count }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [filters, setFilters] = useFilters(['tab'] as const);
  const counts = count.state === 'open' && count.may.includes('count');
  const offered = TABS.filter((one) => one !== 'scan' || counts);
  const first = offered.includes(FIRST[count.state]) ? FIRST[count.state] : 'report';
  const tab = offered.find((one) => one === filters.tab) ?? first;
  const name = count.title === '' ? count.number : count.title;
  useEffect(() => {
    document.title = `${name} · 码志`;
  }, [name]);
  const differing = count.totals === null ? null : sumOf(count.totals);
  return (
    <div className={phone ? 'page task-page count-page' : 'page count-page'}>
      <Head count={count} name={name} phone={phone} />
      <Tabs
        className="count-tabs"
        activeKey={tab}
        onChange={(key) => setFilters({ tab: key === first ? null : key })}
        items={offered.map((key) => ({
          key,
          label:
            key === 'differences' && differing !== null
              ? `${t('counts.tab.differences')} ${differing}`
              : t(`counts.tab.${key}`),
        }))}
      />
      <Posting count={count} />
      {tab === 'scan' && <CountDesk count={count} finish={<Finish count={count} />} />}
      {tab === 'differences' && <Differences count={count} />}
      {tab === 'report' && <Report count={count} />}
    </div>
  );
}

/** How many differences there are. */
const sumOf = (totals: NonNullable<Count['totals']>) =>
  totals.missing + totals.surplus + totals.wrong_place + totals.quantity + totals.unknown;

function Head({ count, name, phone }: { count: Count; name: string; phone: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const person = usePersonNames();
  const back = (
    <Button
      type="text"
      className="task-back"
      aria-label={t('counts.back')}
      title={t('counts.back')}
      icon={<Icon name="left" size={20} />}
      onClick={() => void navigate('/counts')}
    />
  );
  if (phone) {
    return (
      <header className="count-top">
        {back}
        <span className="count-name grow">
          <h1>{name}</h1>
          <span className="row">
            <CountStateTag state={count.state} />
            <span className="hint">{t(count.blind ? 'counts.blind' : 'counts.guided')}</span>
          </span>
        </span>
        <Actions count={count} />
      </header>
    );
  }
  return (
    <header className="count-head">
      <div className="task-title">
        {back}
        <h1>{name}</h1>
        <CountStateTag state={count.state} />
        <HowTags count={count} />
        <span className="grow" />
        <Actions count={count} />
      </div>
      <p className="task-sub count-sub">
        <span className="mono">{count.number}</span>
        <Scope count={count} most={6} />
        {count.document !== null && <span className="mono">{count.document}</span>}
        <span>
          {t('counts.openedLine', {
            who: count.opened_by === null ? '' : person(count.opened_by),
            at: dayjs(count.opened_at).format('MM-DD HH:mm'),
          })}
        </span>
      </p>
    </header>
  );
}
