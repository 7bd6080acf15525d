import dayjs from 'dayjs';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { holdsAt, stacked } from './lanes';
import type { Lane } from './lanes';

/** A moment of a life that is worth a mark on the axis. */
export interface Milestone {
  at: number;
  text: string;
  /** Parts were changed. */
  loud: boolean;
}

interface TimeAxisProps {
  lanes: Lane[];
  from: number;
  to: number;
  value: number;
  onChange: (at: number) => void;
  milestones: Milestone[];
  name: (product: string | null) => string;
  traced: (code: string, batch: string | null) => boolean;
}

const DAY = 86_400_000;

/** A slider over time, and below it on the same axis who was inside when. */
export function TimeAxis(props: TimeAxisProps) {
  const { lanes, from, to, value, onChange, milestones, name, traced } = props;
  const { t } = useTranslation();
  const track = useRef<HTMLDivElement>(null);
  const span = Math.max(to - from, 1);
  const percent = (at: number) => `${((Math.min(Math.max(at, from), to) - from) * 100) / span}%`;
  const clamp = (at: number) => Math.min(Math.max(at, from), to);

  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.type === 'pointermove' && event.buttons !== 1) return;
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    onChange(clamp(from + ((event.clientX - box.left) / box.width) * span));
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const stops = [from, ...milestones.map((one) => one.at), to].sort((a, b) => a - b);
    const to_: Record<string, number | undefined> = {
      ArrowRight: value + DAY,
      ArrowUp: value + DAY,
      ArrowLeft: value - DAY,
      ArrowDown: value - DAY,
      PageUp: stops.find((stop) => stop > value),
      PageDown: stops.findLast((stop) => stop < value),
      Home: from,
      End: to,
    };
    const next = to_[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onChange(clamp(next));
  };
  const shown = dayjs(value).format('YYYY-MM-DD');
  return (
    <div className="axis">
      <span className="axis-how hint">{t('genealogy.drag')}</span>
      <div className="axis-track" ref={track} onPointerDown={drag} onPointerMove={drag}>
        <div className="axis-rail" />
        <div className="axis-done" style={{ width: percent(value) }} />
        {milestones.map((one) => (
          <span
            key={`${one.at} ${one.text}`}
            className={one.loud ? 'axis-dot axis-loud' : 'axis-dot'}
            style={{ left: percent(one.at) }}
            title={`${dayjs(one.at).format('YYYY-MM-DD')} ${one.text}`}
          />
        ))}
        <div
          role="slider"
          tabIndex={0}
          className="axis-thumb"
          aria-label={t('genealogy.slider')}
          aria-valuemin={from}
          aria-valuemax={to}
          aria-valuenow={Math.round(value)}
          aria-valuetext={shown}
          style={{ left: percent(value) }}
          onKeyDown={press}
        >
          <span className="axis-value mono" style={{ transform: `translateX(-${percent(value)})` }}>
            {shown}
          </span>
        </div>
      </div>
      <div className="axis-words" aria-hidden="true">
        {spaced(milestones, from, span).map((one) => (
          <span
            key={`${one.at} ${one.text}`}
            className={one.loud ? 'axis-word axis-loud' : 'axis-word'}
            style={{ left: percent(one.at), transform: `translateX(-${percent(one.at)})` }}
          >
            {one.text} <span className="mono">{dayjs(one.at).format('MM-DD')}</span>
          </span>
        ))}
      </div>
      {lanes.map((lane) =>
        stacked(lane.stays).map((stays, row) => (
          <LaneRow
            key={`${lane.slot} ${row}`}
            title={row === 0 ? name(lane.slot) : ''}
            changed={lane.changed}
          >
            {stays.map((stay) => {
              const { node, edge } = stay.step;
              const classes = [
                'stay',
                node.kind === 'item' ? 'stay-item' : 'stay-batch',
                traced(node.code, node.batch) && 'stay-traced',
                holdsAt(stay, value) && 'stay-now',
              ];
              return (
                <span
                  key={`${node.code} ${edge.since}`}
                  className={classes.filter(Boolean).join(' ')}
                  style={{
                    left: percent(stay.from),
                    width: `${((Math.min(stay.to ?? to, to) - Math.max(stay.from, from)) * 100) / span}%`,
                  }}
                  title={`${node.code} ${dayjs(stay.from).format('YYYY-MM-DD')} – ${stay.to === null ? '' : dayjs(stay.to).format('YYYY-MM-DD')}`}
                >
                  <span className="mono">{node.kind === 'product' ? name(node.product) : node.code}</span>
                </span>
              );
            })}
            <span className="lane-cursor" style={{ left: percent(value) }} aria-hidden="true" />
          </LaneRow>
        )),
      )}
    </div>
  );
}

function LaneRow({
  title,
  changed,
  children,
}: {
  title: string;
  changed: boolean;
  children: React.ReactNode;
}) {
  return (
    <>
      <span className={changed ? 'lane-name lane-changed' : 'lane-name'}>{title}</span>
      <div className="lane">{children}</div>
    </>
  );
}

/** Milestones whose words do not run into each other. */
function spaced(milestones: Milestone[], from: number, span: number): Milestone[] {
  let last = -1;
  return milestones.filter((one) => {
    const at = (one.at - from) / span;
    if (last >= 0 && at - last < 0.13) return false;
    last = at;
    return true;
  });
}
