import { Button, Select, Spin } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { ScanBox } from '../../components/ScanBox';
import { useIsPhone } from '../../components/useIsPhone';
import { useScans } from '../../scan/ScanContext';
import { play } from '../../scan/sounds';
import '../scan/board.css';
import { useBoxFocus } from '../scan/useBoxFocus';
import { Camera } from '../scanlists/Camera';
import '../scanlists/scanlists.css';
import '../tasks/scan/scantask.css';
import { useAcknowledgeKey } from '../tasks/scan/useAcknowledgeKey';
import { Answer } from './Answer';
import type { AtStation } from './calls';
import { useStations } from './calls';
import { LastScans } from './LastScans';
import { hereOf, stationsOf } from './places';
import './station.css';
import { useStation } from './useStation';

/** Scanning at a station (工位扫码): a code starts the flows that wait for it there. */
export function StationPage() {
  const { t } = useTranslation();
  const flows = useStations();
  if (flows.isPending) return <Spin className="table-wait" />;
  if (flows.isError) {
    return (
      <Page title={t('station.title')}>
        <ProblemAlert problem={flows.error} onRetry={() => void flows.refetch()} />
      </Page>
    );
  }
  if (flows.data.length === 0) {
    return (
      <Page title={t('station.title')}>
        <section className="card">
          <EmptyState icon="qr" title={t('station.nothing')}>
            {t('station.nothingHow')}
          </EmptyState>
        </section>
      </Page>
    );
  }
  return <AtWork flows={flows.data} />;
}

function AtWork({ flows }: { flows: readonly AtStation[] }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const entry = useStation();
  const { desk } = entry;
  const here = hereOf(flows, entry.station);
  const box = useRef<HTMLInputElement>(null);
  const scan = (raw: string) => {
    if (here === undefined) play('wrong');
    else entry.scan(raw, here);
  };
  useScans(scan);
  useBoxFocus(box, phone, !desk.stopped && here !== undefined);
  useAcknowledgeKey(desk.stopped, entry.acknowledge);
  const offered = flows.filter((one) => one.stations.length === 0 || one.stations.includes(here ?? ''));
  const place = <Place flows={flows} here={here} onChange={entry.setStation} />;
  const answer =
    here === undefined ? <Choose flows={flows} onChange={entry.setStation} /> : <Answer entry={entry} />;
  const input = (
    <div className="st-input">
      <ScanBox
        size="big"
        ref={box}
        onScan={scan}
        busy={desk.queue.length > 0}
        placeholder={t(phone ? 'station.box' : 'station.boxTyped')}
      />
    </div>
  );
  return (
    <Page title={t('station.title')} beside={phone ? undefined : t('station.how')}>
      {phone ? (
        <div className="station-phone">
          {place}
          <Camera paused={desk.stopped || here === undefined} onScan={scan} />
          {answer}
          {input}
          <LastScans rows={desk.rows} />
        </div>
      ) : (
        <div className="st-desk">
          <section className="card station-left" aria-label={t('station.place')}>
            {place}
            <h2>{t('station.offered')}</h2>
            <ul className="station-flows">
              {offered.map((one) => (
                <li key={`${one.app}/${one.flow}`}>
                  <Icon name="play" size={16} /> {one.name}
                </li>
              ))}
            </ul>
          </section>
          <div className="st-main">
            {answer}
            {input}
            <LastScans rows={desk.rows} />
          </div>
        </div>
      )}
    </Page>
  );
}

interface PlaceProps {
  flows: readonly AtStation[];
  here: string | undefined;
  onChange: (station: string) => void;
}

/** Where this device stands; nothing where there is only one place. */
function Place({ flows, here, onChange }: PlaceProps) {
  const { t } = useTranslation();
  const stations = stationsOf(flows);
  if (stations.length < 2) {
    return stations[0] ? (
      <p className="station-place">
        <span className="muted">{t('station.place')}</span> <b className="mono">{stations[0]}</b>
      </p>
    ) : null;
  }
  return (
    <label className="station-place">
      <span className="muted">{t('station.place')}</span>
      <Select<string>
        size="large"
        value={here ?? null}
        placeholder={t('station.choose')}
        aria-label={t('station.place')}
        options={stations.map((one) => ({ value: one, label: one === '' ? t('station.any') : one }))}
        onChange={onChange}
      />
    </label>
  );
}

/** Asked before the first scan; kept on this device. */
function Choose({ flows, onChange }: Omit<PlaceProps, 'here'>) {
  const { t } = useTranslation();
  return (
    <section className="board board-idle station-choose">
      <Icon name="place" size={56} />
      <div>
        <b className="board-word">{t('station.choose')}</b>
        <p>{t('station.chooseHow')}</p>
        <div className="board-choices">
          {stationsOf(flows).map((one) => (
            <Button key={one} size="large" onClick={() => onChange(one)}>
              {one === '' ? t('station.any') : one}
            </Button>
          ))}
        </div>
      </div>
    </section>
  );
}
