import { Button, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ItemState } from '../../components/ItemState';
import { useFilters } from '../../components/useFilters';
import { regionName } from '../partners/regions';
import type { Recall, Tally } from './calls';

type By = 'state' | 'place' | 'region' | 'partner';

type Line = Tally & {
  key: string;
  head: React.ReactNode;
  /** What narrows the work to these pieces; without it the row is only looked at. */
  pick?: { state?: string; place?: string | null; holder?: string | null };
  hue: string;
};

/** Where the pieces were when the scope was frozen, and how far each place is: bars to scale, hatched what is left. */
export function WhereCard({ recall }: { recall: Recall }) {
  const { t, i18n } = useTranslation();
  const [by, setBy] = useState<By>('state');
  const [, setFilters] = useFilters(['state', 'place', 'holder', 'work'] as const);
  const lines = linesOf(recall, by, t, i18n.language === 'en');
  const most = Math.max(1, ...lines.map((line) => line.total));
  return (
    <section className="card recall-where" aria-label={t('recalls.where')}>
      <div className="card-head">
        <h2>{t('recalls.where')}</h2>
        <span className="hint only-desk">
          {t('recalls.frozen', { at: dayjs(recall.opened_at).format('MM-DD HH:mm') })}
        </span>
        <span className="grow" />
        <Segmented<By>
          value={by}
          onChange={setBy}
          options={[
            { value: 'state', label: t('recalls.byWhere') },
            { value: 'place', label: t('recalls.byPlace') },
            { value: 'region', label: t('recalls.byRegion') },
            { value: 'partner', label: t('recalls.byPartner') },
          ]}
        />
      </div>
      <div className="recall-scroll">
        <table className="recall-bars" aria-label={t('recalls.where')}>
          <thead>
            <tr>
              <th scope="col">
                {t(by === 'region' ? 'recalls.region' : by === 'partner' ? 'partner' : 'recalls.at')}
              </th>
              <th scope="col">{t('recalls.total')}</th>
              <th scope="col">{t('recalls.done')}</th>
              <th scope="col">{t('recalls.undone')}</th>
              <th scope="col" className="only-desk">
                {t('recalls.barHow')}
              </th>
              <th scope="col">{t('recalls.percent')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">{line.head}</th>
                <td className="number">
                  {line.pick === undefined ? (
                    <b>{line.total.toLocaleString()}</b>
                  ) : (
                    <Button
                      type="link"
                      size="small"
                      className="recall-pick"
                      title={t('recalls.pickHow')}
                      onClick={() => {
                        setFilters({ state: null, place: null, holder: null, work: 'all', ...line.pick });
                        document.getElementById('recall-work')?.scrollIntoView();
                      }}
                    >
                      {line.total.toLocaleString()}
                    </Button>
                  )}
                </td>
                <td className="number">{line.handled.toLocaleString()}</td>
                <td className={line.open > 0 ? 'number recall-left' : 'number muted'}>
                  {line.open.toLocaleString()}
                </td>
                <td className="recall-bar only-desk">
                  <span
                    className={`stack-part hue-${line.hue}`}
                    style={{ width: `${(line.total * 100) / most}%` }}
                  >
                    <i style={{ width: `${line.percent}%` }} />
                  </span>
                </td>
                <td className="number">{line.percent.toFixed(1)}%</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('recalls.sum')}</th>
              <td className="number">
                <b>{recall.total.toLocaleString()}</b>
              </td>
              <td className="number">{recall.handled.toLocaleString()}</td>
              <td className="number recall-left">{(recall.total - recall.handled).toLocaleString()}</td>
              <td className="only-desk" />
              <td className="number">
                <b>{recall.effectiveness.toFixed(1)}%</b>
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

function linesOf(
  recall: Recall,
  by: By,
  t: ReturnType<typeof useTranslation>['t'],
  english: boolean,
): Line[] {
  if (by === 'region') {
    return recall.by_region.map((row) => ({
      ...row,
      key: row.region ?? '-',
      head: row.region === null ? t('recalls.noRegion') : regionName(row.region, english),
      hue: 'any',
    }));
  }
  if (by === 'partner') {
    return recall.by_partner.slice(0, 100).map((row) => ({
      ...row,
      key: row.partner ?? '-',
      pick: { holder: row.partner },
      head: (
        <>
          {row.name} <span className="mono hint">{row.partner}</span>
        </>
      ),
      hue: 'any',
    }));
  }
  if (by === 'state') {
    return recall.by_state.map((row) => {
      const spread = recall.by_where.filter((one) => one.state === row.state);
      const partners = spread.reduce((sum, one) => sum + one.partners, 0);
      const places = spread.filter((one) => one.place !== null);
      return {
        ...row,
        key: row.state,
        pick: { state: row.state },
        head: (
          <span className="row">
            <ItemState state={row.state} />
            <span className="hint">
              {places.length === 1 && (places[0]?.place_name ?? places[0]?.place)}
              {places.length > 1 && t('recalls.places', { count: places.length })}
              {partners > 0 && ` ${t('recalls.partners', { count: partners })}`}
            </span>
          </span>
        ),
        hue: row.state,
      };
    });
  }
  return recall.by_where.map((row) => ({
    ...row,
    key: `${row.place ?? ''} ${row.state}`,
    pick: { state: row.state, place: row.place },
    head: (
      <span className="row">
        <ItemState state={row.state} /> {row.place_name ?? row.place}
        {row.partners > 0 && <span className="hint">{t('recalls.partners', { count: row.partners })}</span>}
      </span>
    ),
    hue: row.state,
  }));
}
