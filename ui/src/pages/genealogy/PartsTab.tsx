import { Button, DatePicker, Segmented, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Direction } from '../../api/genealogy';
import type { ItemDetail, LifeEvent } from '../../api/items';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useFilters } from '../../components/useFilters';
import { useIsPhone } from '../../components/useIsPhone';
import { useEver, useProductNames, useWeb } from './calls';
import { ExportParts } from './ExportParts';
import './genealogy.css';
import { Graph } from './Graph';
import { builtAt, differing, holdsAt, lanesOf } from './lanes';
import { PartsSide } from './PartsSide';
import { PartTable } from './PartTable';
import type { Milestone } from './TimeAxis';
import { TimeAxis } from './TimeAxis';
import type { Row, Step, Tense } from './tree';
import { rowsOf } from './tree';

interface PartsTabProps {
  asked: string;
  namespace: string | undefined;
  item: ItemDetail;
  events: LifeEvent[];
  direction: Direction;
}

/** What is in a thing, or where it went: drawn, at any moment of its life. */
export function PartsTab({ asked, namespace, item, events, direction }: PartsTabProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [{ at, view, trace }, setFilters] = useFilters(['at', 'view', 'trace'] as const);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const down = direction === 'down';

  const built = builtAt(events);
  const ever = useEver(asked, namespace, down);
  const lanes = useMemo(() => lanesOf(ever), [ever]);
  const [now] = useState(() => Date.now());
  const from = Date.parse(events[0]?.occurred_at ?? item.place_since);
  const moment = at === undefined ? now : Date.parse(at);
  const when = at === undefined ? null : dayjs(moment).format();

  const { first, web, root, total, read } = useWeb({
    code: asked,
    namespace,
    direction,
    at: when,
    open: [...open].map((path) => codeOf(path)),
  });
  const others = down && at !== undefined ? around(lanes, moment) : [];
  const rows = root ? rowsOf(web, root, { open, whole, others }) : [];
  const name = useProductNames([...web.nodes.values(), ...ever.map((step) => step.node)]);
  const tracedCode = (code: string, batch: string | null) =>
    trace !== undefined && (code === trace || batch === trace);
  const traced = (row: Row) =>
    row.level > 0 && (tracedCode(row.node.code, row.node.batch) || row.node.marks.includes('recalled'));
  const toggle = (set: typeof setOpen) => (path: string) =>
    set((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });

  const moveTo = (value: number | null) =>
    setFilters({ at: value === null || value >= now ? null : dayjs(value).format('YYYY-MM-DDTHH:mm:ssZ') });
  const atBuilt = built !== null && at !== undefined && Math.abs(moment - Date.parse(built)) < 1000;
  const inside = rows.filter((row) => row.level === 1 && row.tense === 'present').length;
  const changed = built === null ? 0 : differing(lanes, Date.parse(built), moment);
  const drawing = {
    rows,
    name,
    traced,
    onToggle: toggle(setOpen),
    onWhole: toggle(setWhole),
    label: t(down ? 'genealogy.down' : 'genealogy.up'),
  };
  return (
    <div className="life-columns">
      <div className="parts-main">
        <section className="card" aria-label={drawing.label}>
          <div className="card-head parts-head">
            <h2>
              {t(
                down ? (item.kind === 'package' ? 'genealogy.contents' : 'genealogy.title') : 'genealogy.up',
              )}
            </h2>
            {down && (
              <Segmented<string>
                value={at === undefined ? 'now' : atBuilt ? 'built' : 'day'}
                onChange={(value) =>
                  moveTo(
                    value === 'now' ? null : value === 'built' ? Date.parse(built ?? '') : (from + now) / 2,
                  )
                }
                options={[
                  ...(built === null
                    ? []
                    : [
                        {
                          value: 'built',
                          label: t('genealogy.asBuilt', { day: dayjs(built).format('MM-DD') }),
                        },
                      ]),
                  {
                    value: 'day',
                    label: t('genealogy.onDay', {
                      day: at === undefined || atBuilt ? '…' : dayjs(moment).format('MM-DD'),
                    }),
                  },
                  { value: 'now', label: t('genealogy.now') },
                ]}
              />
            )}
            {!down && (
              <DatePicker
                value={at === undefined ? null : dayjs(moment)}
                placeholder={t('genealogy.now')}
                aria-label={t('genealogy.slider')}
                maxDate={dayjs()}
                onChange={(day: dayjs.Dayjs | null) =>
                  moveTo(day === null ? null : day.endOf('day').valueOf())
                }
              />
            )}
            {root && (
              <span className="hint parts-sum">
                {down ? t('genealogy.inside', { count: inside }) : t('genealogy.found', { count: total })}
                {changed > 0 && (
                  <b className="parts-changed"> {t('genealogy.changed', { count: changed })}</b>
                )}
              </span>
            )}
            <span className="grow" />
            <Segmented<string>
              className="only-desk"
              value={view ?? 'graph'}
              onChange={(value) => setFilters({ view: value === 'graph' ? null : value })}
              options={[
                { value: 'graph', label: t('genealogy.graph') },
                { value: 'table', label: t('genealogy.table') },
              ]}
            />
            <ExportParts code={asked} namespace={namespace} direction={direction} at={when} />
          </div>
          {first.isPending && <Skeleton active className="life-wait" />}
          {first.isError && <ProblemAlert problem={first.error} onRetry={() => void first.refetch()} />}
          {root && rows.length === 1 && (
            <p className="parts-none muted">{t(down ? 'genealogy.nothingInside' : 'genealogy.nowhere')}</p>
          )}
          {rows.length > 1 &&
            (phone || view === 'table' ? <PartTable {...drawing} /> : <Graph {...drawing} />)}
          {first.hasNextPage && (
            <div className="parts-foot">
              <span className="hint">{t('genealogy.read', { read, total })}</span>
              <Button loading={first.isFetchingNextPage} onClick={() => void first.fetchNextPage()}>
                {t('list.more')}
              </Button>
            </div>
          )}
        </section>
        {down && lanes.length > 0 && item.kind !== 'package' && (
          <section className="card" aria-label={t('genealogy.lanes')}>
            <div className="card-head">
              <h2>{t('genealogy.lanes')}</h2>
              <span className="hint only-desk">{t('genealogy.lanesHow')}</span>
            </div>
            <TimeAxis
              lanes={lanes}
              from={from}
              to={now}
              value={moment}
              onChange={moveTo}
              milestones={milestones(events, t)}
              name={name}
              traced={tracedCode}
            />
          </section>
        )}
      </div>
      <PartsSide lanes={lanes} built={built} moment={moment} now={now} events={events} name={name} />
    </div>
  );
}

/** The code at the end of a path of rows. */
function codeOf(path: string): string {
  const last = path.split('/').at(-1) ?? '';
  const at = last.lastIndexOf('@');
  return (at < 0 ? last : last.slice(0, at)).split(' ').slice(2).join(' ');
}

/** What stood or will stand in the same place as something that changed, seen from a moment. */
function around(lanes: ReturnType<typeof lanesOf>, at: number): { step: Step; tense: Tense }[] {
  return lanes
    .filter((lane) => lane.changed)
    .flatMap((lane) => lane.stays)
    .filter((stay) => !holdsAt(stay, at))
    .map((stay) => ({ step: stay.step, tense: stay.from > at ? ('future' as const) : ('past' as const) }));
}

const MILESTONES = new Set([
  'commission',
  'assemble',
  'ship',
  'activate',
  'swap',
  'install',
  'remove',
  'repair_in',
]);
const LOUD = new Set(['swap', 'install', 'remove']);

function milestones(events: LifeEvent[], t: ReturnType<typeof useTranslation>['t']): Milestone[] {
  return events
    .filter((event) => MILESTONES.has(event.operation))
    .map((event) => ({
      at: Date.parse(event.occurred_at),
      text: t(`operation.${event.operation}`, { defaultValue: event.operation }),
      loud: LOUD.has(event.operation),
    }));
}
