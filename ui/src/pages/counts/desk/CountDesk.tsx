import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import { ScanBox } from '../../../components/ScanBox';
import { useIsPhone } from '../../../components/useIsPhone';
import { useScans } from '../../../scan/ScanContext';
import { useBoxFocus } from '../../scan/useBoxFocus';
import { Camera } from '../../scanlists/Camera';
import '../../scanlists/scanlists.css';
import '../../tasks/scan/scantask.css';
import { useAcknowledgeKey } from '../../tasks/scan/useAcknowledgeKey';
import type { Count } from '../calls';
import { wrongScans } from '../calls';
import { CountAnswer } from './CountAnswer';
import { Places } from './Places';
import { Recent } from './Recent';
import type { DeskEntry } from './useCountDesk';
import { useCountDesk } from './useCountDesk';

interface CountDeskProps {
  count: Count;
  /** What ends the counting, where the reader may. */
  finish: ReactNode;
}

/** Counting by scanning (扫码盘点): the answer is the largest thing; what is not counted stops it. */
export function CountDesk({ count, finish }: CountDeskProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const entry = useCountDesk(count);
  const { desk, scan, acknowledge } = entry;
  const { stopped } = desk;
  const [places, setPlaces] = useState(false);
  const [typing, setTyping] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useScans(scan);
  useBoxFocus(box, phone && !typing, !stopped && desk.told?.ask !== true);
  useAcknowledgeKey(stopped, acknowledge);

  const input = (
    <div className="st-input">
      <ScanBox
        size="big"
        ref={box}
        onScan={scan}
        placeholder={t(phone ? 'counts.desk.box' : 'counts.desk.boxTyped')}
      />
    </div>
  );
  const answer = <CountAnswer entry={entry} />;
  const counter = <Counter count={count} entry={entry} />;
  const again = count.again.length > 0 && (
    <p className="count-again" role="note">
      <Icon name="refresh" size={16} />{' '}
      {t('counts.desk.onlyAgain', {
        round: count.round,
        places: [...new Set(count.again.map((one) => one.place))].slice(0, 6).join('、'),
        count: count.again.length,
      })}
    </p>
  );
  if (!phone) {
    return (
      <>
        {again}
        <div className="st-desk">
          <div className="st-left card">
            {counter}
            <Places count={count} entry={entry} />
          </div>
          <div className="st-main">
            {answer}
            {input}
            <Recent count={count} entry={entry} />
          </div>
        </div>
      </>
    );
  }
  return (
    <div className={stopped ? 'st-page st-stopped count-desk' : 'st-page count-desk'}>
      {again}
      <Camera paused={stopped || desk.paused} onScan={scan} />
      {answer}
      {counter}
      {input}
      <Recent count={count} entry={entry} />
      <div className="task-bar st-bar">
        {stopped ? (
          <Button type="primary" className="st-acknowledge" onClick={acknowledge}>
            {t('counts.desk.acknowledge')}
          </Button>
        ) : (
          <div className="task-acts">
            <Button
              className="task-act-more"
              type="text"
              onClick={() => {
                setTyping(true);
                box.current?.focus();
              }}
            >
              <Icon name="keyboard" size={18} />
              <span>{t('counts.desk.type')}</span>
            </Button>
            <Button className="task-act-more" type="text" onClick={() => entry.pause(!desk.paused)}>
              <Icon name={desk.paused ? 'right' : 'pause'} size={18} />
              <span>{t(desk.paused ? 'counts.desk.resume' : 'counts.desk.pause')}</span>
            </Button>
            <Button className="task-act" onClick={() => setPlaces(true)}>
              {t('counts.desk.seePlaces')}
            </Button>
            {finish}
          </div>
        )}
      </div>
      <Drawer
        open={places}
        placement="bottom"
        size="86%"
        title={t('counts.desk.placesOf')}
        onClose={() => setPlaces(false)}
        className="count-places"
      >
        <Places count={count} entry={entry} onGo={() => setPlaces(false)} />
      </Drawer>
    </div>
  );
}

function Counter({ count, entry }: { count: Count; entry: DeskEntry }) {
  const { t } = useTranslation();
  const { desk } = entry;
  const { counted } = count;
  // Whoever manages a blind count knows what is expected; counting, they are as blind as everybody.
  const expected = count.blind ? null : count.expected;
  const unknown = count.unknown;
  const wrong = count.blind ? 0 : wrongScans(count);
  // What nobody knows is none of what was expected.
  const known = Math.max(0, counted - unknown);
  const share = expected === null || expected === 0 ? 0 : Math.min(1, known / expected);
  const full = share === 1 && wrong === 0;
  return (
    <div className="st-counter">
      <div className="st-figures">
        <b className="number" data-testid="count-done">
          {counted.toLocaleString()}
        </b>
        <span className="number st-of">
          {expected === null ? t('counts.desk.counted') : `/${expected.toLocaleString()}`}
        </span>
        <span className="grow" />
        {desk.place !== null && <span className="count-here mono">{desk.place}</span>}
      </div>
      {expected !== null && (
        <div className={full ? 'list-bar list-bar-full' : 'list-bar'} role="presentation">
          <span style={{ width: `${share * 100}%` }} />
        </div>
      )}
      {(desk.offline || unknown > 0 || wrong > 0) && (
        <p className="st-more">
          {desk.offline && (
            <b className="list-again">{t('counts.desk.offline', { count: desk.queue.length })}</b>
          )}
          {wrong > 0 && <span className="list-again">{t('counts.desk.wrongCount', { count: wrong })}</span>}
          {unknown > 0 && (
            <span className="list-again">{t('counts.desk.unknownCount', { count: unknown })}</span>
          )}
        </p>
      )}
    </div>
  );
}
