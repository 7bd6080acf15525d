import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay, useSession } from '../../api/session';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { ScanBox } from '../../components/ScanBox';
import { useIsPhone } from '../../components/useIsPhone';
import { recent } from '../find/recent';
import { FigureStrip } from './FigureStrip';
import { figuresOf, warehousesOf } from './figures';
import { FirstSteps } from './FirstSteps';
import './home.css';
import { Notices } from './Notices';
import { Shortcuts } from './Shortcuts';
import { Todo } from './Todo';
import { useStockFigures } from './useStockFigures';
import { WhereIsIt } from './WhereIsIt';

/** The first page: one box where a scan decides where to go, the figures, and what wants to be looked at. */
export function HomePage() {
  const { t } = useTranslation();
  const user = useSession()?.user;
  const may = useMay();
  const phone = useIsPhone();
  const stock = useStockFigures();
  const figures = stock.data && figuresOf(stock.data.rows);
  const name = user?.name === undefined || user.name === '' ? (user?.username ?? '') : user.name;
  return (
    <Page
      title={t(`home.greeting.${partOfDay(dayjs().hour())}`, { name })}
      name={t('home.title')}
      beside={dayjs().format(t('home.today'))}
    >
      <Link to="/scan" className="home-scan only-phone">
        <Icon name="scan" size={48} />
        <span>
          <b>{t('home.scan')}</b>
          {t('home.scanHint')}
        </span>
      </Link>
      <ScanBox size="big" hotkey {...(phone && { placeholder: t('home.box') })} />
      <Recents />
      <div className="home-body">
        <div className="stack grow">
          <FirstSteps />
          {phone && <Todo />}
          {stock.error !== null && (
            <ProblemAlert problem={stock.error} onRetry={() => void stock.refetch()} />
          )}
          {figures && figures.live > 0 && <FigureStrip figures={figures} />}
          {!phone && <Todo />}
          {stock.data && figures && figures.live > 0 && (
            <WhereIsIt warehouses={warehousesOf(stock.data.rows, stock.data.places)} figures={figures} />
          )}
        </div>
        <aside className="stack home-side">
          <Shortcuts />
          {may('items.view') && <Notices figures={figures} />}
        </aside>
      </div>
    </Page>
  );
}

function partOfDay(hour: number): 'early' | 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour < 6) return 'early';
  if (hour < 11) return 'morning';
  if (hour < 13) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}

function Recents() {
  const { t } = useTranslation();
  const [found] = useState(recent);
  return (
    <div className={found.length === 0 ? 'home-recents home-recents-none' : 'home-recents'}>
      {found.length > 0 && <span className="hint">{t('home.recent')}</span>}
      {found.map((one) => (
        <Link key={one.to} to={one.to} className="home-recent">
          <Code value={one.code} copy={false} /> <span className="muted">{t(`find.kind.${one.kind}`)}</span>
        </Link>
      ))}
      <span className="hint grow home-rule only-desk">{t('home.rule')}</span>
    </div>
  );
}
