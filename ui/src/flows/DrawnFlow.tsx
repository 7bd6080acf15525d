import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import type { Line, Placed } from '../flowdesigner/layout';
import { drawn } from '../flowdesigner/layout';
import { acted, awaited, standing } from './ahead';
import type { InstanceInfo, StepInfo } from './api';
import './flows.css';
import { useFlowKinds } from './queries';
import { moment } from './times';
import { nameOf } from './trail';

interface DrawnFlowProps {
  instance: InstanceInfo;
  /** Beside something else: as wide as there is room, without more. */
  small?: boolean;
  chosen?: string | null;
  onChoose?: (node: string) => void;
}

const LEAST = 0.45;
const EDGE = 16;

/** The flow as it was drawn: what is done green, what is going on blue, what is to come grey. */
export function DrawnFlow({ instance, small = false, chosen = null, onChoose }: DrawnFlowProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const drawing = useMemo(() => drawn(instance.tree), [instance.tree]);
  const stands = useMemo(() => standing(instance.steps), [instance.steps]);
  useEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const measure = () => setRoom(box.clientWidth);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  const whole = drawing.width + EDGE * 2;
  const zoom = room === 0 ? 1 : Math.min(1, Math.max(LEAST, room / whole));
  const now = useRef<HTMLElement>(null);
  // Once the room is known the present step is brought in sight, within the frame only.
  useEffect(() => {
    const [box, card] = [frame.current, now.current];
    if (room === 0 || box === null || card === null) return;
    box.scrollTop = Math.max(0, card.offsetTop * zoom - box.clientHeight / 2);
    box.scrollLeft = Math.max(0, (card.offsetLeft + card.offsetWidth / 2) * zoom - box.clientWidth / 2);
  }, [room, zoom]);
  const passed = (id: string | null) => {
    const state = id === null ? (instance.state === 'done' ? 'done' : undefined) : stands.get(id)?.state;
    return state === 'done' || state === 'open';
  };
  return (
    <div ref={frame} className={small ? 'flow-frame flow-frame-small' : 'flow-frame'}>
      <div
        className="flow-paper"
        style={{
          width: Math.max(whole * zoom, small ? 0 : room),
          height: (drawing.height + EDGE * 2) * zoom,
        }}
      >
        <div
          className="flow-sheet"
          style={{
            width: whole,
            height: drawing.height + EDGE * 2,
            transform: `translateX(${small ? 0 : Math.max(0, (room - whole * zoom) / 2)}px) scale(${zoom})`,
          }}
        >
          <svg width={whole} height={drawing.height + EDGE * 2} aria-hidden="true">
            {drawing.lines.map((line) => (
              <polyline
                key={line.key}
                className={wasWalked(line, passed) ? 'flow-edge flow-edge-done' : 'flow-edge'}
                points={line.points.map(([x, y]) => `${x + EDGE},${y + EDGE}`).join(' ')}
              />
            ))}
          </svg>
          {drawing.placed.map((one) =>
            one.what === 'plus' ? null : one.what === 'end' ? (
              <span
                key={one.key}
                className={instance.state === 'done' ? 'flow-end flow-end-done' : 'flow-end'}
                style={at(one)}
              >
                {t('flows.end')}
              </span>
            ) : (
              <Card
                key={one.key}
                one={one}
                step={stands.get(one.node.id) ?? null}
                taken={stands.has(one.node.id) || wasTaken(one, instance.steps)}
                instance={instance}
                chosen={chosen === one.node.id}
                onChoose={onChoose}
                holder={stands.get(one.node.id)?.state === 'open' ? now : undefined}
              />
            ),
          )}
        </div>
      </div>
    </div>
  );
}

const at = (one: Placed) => ({ left: one.x + EDGE, top: one.y + EDGE, width: one.width, height: one.height });

/** Whether a case was chosen, or a lane gone into: they have no steps of their own. */
function wasTaken(one: Placed, steps: readonly StepInfo[]): boolean {
  if (one.what !== 'column') return false;
  return steps.some((step) => step.outcome === one.node.id || one.node.children[0]?.id === step.node);
}

function wasWalked(line: Line, passed: (id: string | null) => boolean): boolean {
  return passed(line.from) && passed(line.to);
}

interface CardProps {
  one: Placed;
  step: StepInfo | null;
  taken: boolean;
  instance: InstanceInfo;
  chosen: boolean;
  onChoose: ((node: string) => void) | undefined;
  holder: React.RefObject<HTMLElement | null> | undefined;
}

const SIGNS = {
  done: 'check',
  back: 'undo',
  failed: 'warning',
  undone: 'minus',
  void: 'minus',
  open: null,
} as const;

function Card({ one, step, taken, instance, chosen, onChoose, holder }: CardProps) {
  const { t } = useTranslation();
  const kinds = useFlowKinds();
  const { node } = one;
  const title = node.title === '' ? kinds.nodeTitle(node.kind) : node.title;
  const state = step === null ? (taken ? 'done' : 'ahead') : step.state;
  if (one.what !== 'card') {
    return (
      <span className={`flow-way flow-${one.what} flow-is-${state}`} style={at(one)}>
        {title}
      </span>
    );
  }
  const sign = step === null ? null : SIGNS[step.state];
  const className = `flow-card flow-is-${state}${chosen ? ' flow-card-chosen' : ''}`;
  const inside = (
    <>
      <span className="flow-strip" style={{ '--kind': kinds.node(node.kind)?.colour } as React.CSSProperties}>
        {kinds.nodeTitle(node.kind)}
        {sign !== null && <Icon name={sign} size={16} />}
      </span>
      <b>{title}</b>
      <small>{lineOf(step, node.kind === 'start' ? nameOf(instance.starter, t) : '', t)}</small>
    </>
  );
  if (onChoose === undefined) {
    return (
      <span ref={holder} className={className} style={at(one)}>
        {inside}
      </span>
    );
  }
  return (
    <button
      ref={holder as React.RefObject<HTMLButtonElement | null> | undefined}
      type="button"
      className={className}
      style={at(one)}
      aria-pressed={chosen}
      onClick={() => onChoose(node.id)}
    >
      {inside}
    </button>
  );
}

/** Who has done it and when, or who is awaited. */
function lineOf(step: StepInfo | null, starter: string, t: ReturnType<typeof useTranslation>['t']): string {
  if (step === null) return '';
  if (step.state === 'open') {
    const [now, later] = awaited(step.people);
    const names = (now.length > 0 ? now : later).map((one) => nameOf(one.user, t));
    return names.length === 0 ? t('flows.stop.now') : t('flows.waitsFor', { names: names.join('、') });
  }
  const last = acted(step.people).at(-1);
  const when = moment(last?.at ?? step.left_at ?? step.entered_at, t);
  return [last === undefined ? starter : nameOf(last.user, t), when].filter((one) => one !== '').join(' ');
}
