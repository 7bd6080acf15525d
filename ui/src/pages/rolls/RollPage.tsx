import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { BalanceBar } from './BalanceBar';
import type { Balance, RollDetail } from './calls';
import { getRoll } from './calls';
import { IssueDrawer, ReturnDrawer, SpoilDrawer } from './drawers';
import { IssueTable } from './IssueTable';
import { LabelList } from './LabelList';
import { LogList } from './LogList';
import './rolls.css';
import { PartTags } from './RollsPage';

/** One label roll: its balance, to whom it was given out, every label, what was done with it. */
export function RollPage() {
  const { code = '' } = useParams();
  const { t } = useTranslation();
  const roll = useQuery({
    queryKey: ['rolls', 'one', code],
    queryFn: ({ signal }) => getRoll(code, signal),
  });
  if (roll.isPending) return <Skeleton active className="page" />;
  if (roll.isError) {
    return (
      <Page title={t('rolls.one')} name={code}>
        <ProblemAlert problem={roll.error} onRetry={() => void roll.refetch()} />
        <p>
          <Link to="/rolls">{t('rolls.title')}</Link>
        </p>
      </Page>
    );
  }
  return <Shown roll={roll.data} />;
}

type Doing = 'issue' | 'return' | 'spoil' | null;

function Shown({ roll }: { roll: RollDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [doing, setDoing] = useState<Doing>(null);
  const [tab, setTab] = useState('labels');
  const close = () => setDoing(null);
  const { balance } = roll;
  return (
    <Page
      title={
        <span className="row">
          <Code value={roll.code} size="large" />
          {roll.name !== '' && <span>{roll.name}</span>}
        </span>
      }
      name={roll.code}
      beside={
        <span className="row">
          <span className="mono">{roll.product}</span>
          <span className="only-desk">
            {t('rolls.setsOf', { sets: roll.sets, labels: roll.labels_in_a_set })}
          </span>
          <span className="only-desk">
            <PartTags roll={roll} />
          </span>
        </span>
      }
      actions={
        <>
          {may('items.make') && (
            <Button disabled={balance.ready + balance.left === 0} onClick={() => setDoing('spoil')}>
              {t('rolls.spoil')}
            </Button>
          )}
          {may('items.make') && (
            <Button disabled={balance.left === 0} onClick={() => setDoing('return')}>
              {t('rolls.return')}
            </Button>
          )}
          {may('rolls.edit') && (
            <Button disabled={balance.ready === 0} onClick={() => setDoing('issue')}>
              {t('rolls.issue')}
            </Button>
          )}
          {may('items.make') && (
            <Button
              type="primary"
              icon={<Icon name="scan" size={16} />}
              disabled={balance.left === 0}
              onClick={() => void navigate(`/rolls/bind?product=${encodeURIComponent(roll.product ?? '')}`)}
            >
              {t('rolls.bind')}
            </Button>
          )}
        </>
      }
    >
      <section className="card roll-head" aria-label={t('rolls.balance')}>
        <Sum balance={balance} />
        <BalanceBar balance={balance} legend />
      </section>
      <div className="roll-body">
        <PartNumbers roll={roll} />
        <IssueTable issues={roll.issues} />
      </div>
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={[
          { key: 'labels', label: t('rolls.labels'), children: <LabelList roll={roll} /> },
          {
            key: 'missing',
            label: (
              <span className="row">
                {t('rolls.missing')} {balance.missing > 0 && <Tag tone="amber">{balance.missing}</Tag>}
              </span>
            ),
            children: <LabelList roll={roll} missing />,
          },
          { key: 'log', label: t('rolls.log'), children: <LogList code={roll.code} /> },
        ]}
      />
      <IssueDrawer roll={roll} open={doing === 'issue'} onClose={close} />
      <ReturnDrawer roll={roll} open={doing === 'return'} onClose={close} />
      <SpoilDrawer roll={roll} open={doing === 'spoil'} onClose={close} />
    </Page>
  );
}

/** 发放 = 绑定 + 作废 + 退回 + 在外, written out as it adds up. */
function Sum({ balance }: { balance: Balance }) {
  const { t } = useTranslation();
  const number = (value: number) => <b className="number">{value.toLocaleString()}</b>;
  return (
    <p className="roll-sum" data-testid="roll-sum">
      <span className="muted">{t('rolls.sum.issued')}</span> {number(balance.issued)}
      <span className="roll-sign">=</span>
      <span className="muted">{t('rolls.sum.bound')}</span> {number(balance.bound)}
      <span className="roll-sign">+</span>
      <span className="muted">{t('rolls.sum.spoiled')}</span> {number(balance.spoiled)}
      <span className="roll-sign">+</span>
      <span className="muted">{t('rolls.sum.returned')}</span> {number(balance.returned)}
      <span className="roll-sign">+</span>
      <span className="muted">{t('rolls.sum.left')}</span> {number(balance.left)}
      {balance.adds_up && <Tag tone="green">{t('rolls.addsUp')}</Tag>}
      {balance.missing > 0 && <Tag tone="amber">{t('rolls.missingN', { count: balance.missing })}</Tag>}
    </p>
  );
}

const COLUMNS = ['made', 'ready', 'issued', 'bound', 'spoiled', 'returned', 'left', 'missing'] as const;

function PartNumbers({ roll }: { roll: RollDetail }) {
  const { t } = useTranslation();
  const rows = [
    ...roll.parts.map((part) => ({ ...part, key: part.name })),
    { ...roll.balance, key: t('rolls.total') },
  ];
  return (
    <section className="card roll-scroll" aria-label={t('rolls.byPart')}>
      <div className="card-head">
        <h2>{t('rolls.byPart')}</h2>
      </div>
      <table className="roll-numbers">
        <thead>
          <tr>
            <th scope="col">{t('rolls.partName')}</th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {t(`rolls.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>{row.key}</td>
              {COLUMNS.map((name) => (
                <td key={name} className="number">
                  {(name === 'spoiled' ? row.spoiled + row.spoiled_before : row[name]).toLocaleString()}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
