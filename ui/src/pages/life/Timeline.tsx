import { Segmented } from 'antd';
import dayjs from 'dayjs';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemDetail, LifeEvent } from '../../api/items';
import { EventRow } from './EventRow';
import type { Stage } from './story';
import { days, stagesOf, takenBack } from './story';

interface TimelineProps {
  item: ItemDetail;
  /** Oldest first. */
  events: LifeEvent[];
  name: (code: string) => string;
  newestFirst: boolean;
  onCorrect: (event: LifeEvent) => void;
}

/** The life as a story in stages. */
export function Timeline({ item, events, name, newestFirst, onCorrect }: TimelineProps) {
  const { t } = useTranslation();
  const [newest, setNewest] = useState(newestFirst);
  const [open, setOpen] = useState<number | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const stages = stagesOf(events);
  const gone = takenBack(events);
  const shown = newest
    ? stages.map((stage) => ({ ...stage, events: [...stage.events].reverse() })).reverse()
    : stages;
  const first = events[0];
  const age = first ? days(first.occurred_at, new Date()) : 0;
  const jump = (index: number) =>
    list.current?.children[index]?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  return (
    <section className="card timeline" aria-label={t('life.story')}>
      <div className="card-head">
        <h2>{t('life.story')}</h2>
        <span className="hint only-desk">
          {first &&
            t('life.span', {
              year: dayjs(first.occurred_at).format('YYYY'),
              days: age,
              count: item.seq,
            })}
        </span>
        <span className="grow" />
        <Segmented<boolean>
          value={newest}
          onChange={setNewest}
          options={[
            { value: false, label: t('life.fromStart') },
            { value: true, label: t('life.newestFirst') },
          ]}
          className="timeline-order"
        />
      </div>
      <p className="life-printed">
        {first &&
          t('life.span', { year: dayjs(first.occurred_at).format('YYYY'), days: age, count: item.seq })}
        {' · '}
        {t('life.printed', { at: dayjs().format('YYYY-MM-DD HH:mm') })}
      </p>
      {shown.length > 1 && (
        <nav className="stage-chips only-phone" aria-label={t('life.stages')}>
          {shown.map((stage, index) => (
            <button
              key={`${stage.name} ${stage.events[0]?.seq ?? 0}`}
              type="button"
              onClick={() => jump(index)}
            >
              {t(`life.stage.${stage.name}`)} <span className="number">{stage.events.length}</span>
            </button>
          ))}
        </nav>
      )}
      <div ref={list}>
        {shown.map((stage) => (
          <section key={`${stage.name} ${stage.events[0]?.seq ?? 0}`} className={`stage stage-${stage.name}`}>
            <StageHead stage={stage} />
            <ol className="stage-events">
              {stage.events.map((event) => (
                <EventRow
                  key={event.seq}
                  event={event}
                  name={name}
                  undone={gone.has(event.event)}
                  birthYear={first ? dayjs(first.occurred_at).year() : 0}
                  open={open === event.seq}
                  onToggle={() => setOpen(open === event.seq ? null : event.seq)}
                  onCorrect={() => onCorrect(event)}
                />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </section>
  );
}

function StageHead({ stage }: { stage: Stage }) {
  const { t } = useTranslation();
  const begun = stage.events.reduce(
    (earliest, event) => (event.occurred_at < earliest ? event.occurred_at : earliest),
    stage.events[0]?.occurred_at ?? '',
  );
  const lasted = days(begun, stage.until ?? new Date());
  return (
    <header className="stage-head">
      <h3>{t(`life.stage.${stage.name}`)}</h3>
      <p>{t('life.count', { count: stage.events.length })}</p>
      <p>
        {lasted <= 0
          ? t('life.sameDay', { day: dayjs(begun).format('MM-DD') })
          : stage.until === null
            ? t('life.soFar', { count: lasted })
            : t('life.lasted', { count: lasted })}
      </p>
    </header>
  );
}
