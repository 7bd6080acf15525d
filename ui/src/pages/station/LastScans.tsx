import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import type { Told } from './desk';
import { StartedLine } from './StartedLine';

const ICONS = { right: 'check', wrong: 'close', again: 'undo' } as const;

/** The last scans on this device, each with what it started. */
export function LastScans({ rows }: { rows: readonly Told[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className="st-none hint">{t('station.none')}</p>;
  return (
    <section aria-label={t('station.last')}>
      <h2 className="station-last">{t('station.last')}</h2>
      <ol className="list-rows station-rows">
        {rows.map((one) => (
          <li key={one.key} className={`list-row station-row list-row-${one.kind}`}>
            <span className="list-row-sign">
              <Icon name={ICONS[one.kind]} size={16} />
              <span className="visually-hidden">{t(`station.said.${one.kind}`)}</span>
            </span>
            <span className="list-row-code">
              <Code value={one.raw} copy={false} />
            </span>
            <time className="list-row-time mono" dateTime={dayjs(one.at).toISOString()}>
              {dayjs(one.at).format(dayjs(one.at).isSame(dayjs(), 'day') ? 'HH:mm:ss' : 'MM-DD HH:mm')}
            </time>
            <span className="list-row-what">
              {one.started.length === 0 && <span>{one.message}</span>}
              {one.started.map((started) => (
                <StartedLine key={`${started.app}/${started.flow}`} one={started} />
              ))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
