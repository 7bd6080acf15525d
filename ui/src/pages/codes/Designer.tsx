import { closestCenter, DndContext, DragOverlay, pointerWithin } from '@dnd-kit/core';
import type { CollisionDetection } from '@dnd-kit/core';
import { Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { segmentClass } from '../../components/SegmentedCode';
import type { Draft } from '../../components/useDraft';
import type { Kinds, Note, Rule, Segment } from './calls';
import { ChipRow } from './ChipRow';
import { Decode } from './Decode';
import { Examples } from './Examples';
import { Outlook } from './Outlook';
import { Overlaps } from './Overlaps';
import { Palette } from './Palette';
import { Properties } from './Properties';
import { RuleSettings } from './RuleSettings';
import type { Board } from './segments';
import { bodies, fitting, insert, kindOf, move, placed, usualPlace } from './segments';
import { Specimen } from './Specimen';
import { Templates } from './Templates';
import type { Assessment, Supposed } from './useAssessment';
import { useDragging } from './useDragging';
import { VersionsCard } from './VersionsCard';

interface DesignerProps {
  rule: Rule | null;
  kinds: Kinds;
  draft: Draft<Board>;
  assessment: Assessment;
  supposed: Supposed;
  onSuppose: (supposed: Supposed) => void;
  may: boolean;
}

/** The drawing board: palette, specimen and forecast, properties. */
export function Designer(props: DesignerProps) {
  const { rule, kinds, draft, assessment, supposed, onSuppose, may } = props;
  const { t } = useTranslation();
  const { segments } = draft.value;
  const plain = bodies(segments);
  const [chosen, choose] = useState<number | null>(null);
  const [tab, setTab] = useState<'segment' | 'rule'>('segment');
  const { check } = assessment;
  const parts = check?.parts ?? [];
  const shown = parts.length === segments.length;

  const change = (next: (before: Board['segments']) => Board['segments']) =>
    draft.change((board) => ({ ...board, segments: next(board.segments) }));
  const pick = (id: number | null) => {
    choose(id);
    setTab('segment');
  };
  const add = (segment: Segment, at?: number) => {
    const [, id] = insert(segments, segment);
    change((before) => insert(before, fitting(before, segment), at ?? usualPlace(before, segment.kind))[0]);
    pick(id);
  };
  const remove = (id: number) => {
    change((before) => before.filter((one) => one.id !== id));
    if (chosen === id) choose(null);
  };
  const take = (other: Segment[]) => {
    change(() => placed(other));
    choose(null);
  };
  const set = (id: number, parameter: string, value: unknown) =>
    change((before) =>
      before.map((one) => (one.id === id ? { ...one, body: { ...one.body, [parameter]: value } } : one)),
    );
  const shift = (from: number, to: number) => change((before) => move(before, from, to));
  const dragging = useDragging({ segments, onMove: shift, onInsert: add });
  const problems = check?.problems ?? [];

  return (
    <DndContext sensors={dragging.sensors} collisionDetection={nearest} {...dragging.handlers}>
      <div className="designer">
        <div className="designer-left">
          <Palette kinds={kinds} onAdd={may ? add : undefined} />
          {rule !== null && <VersionsCard code={rule.code} changed={draft.changed} kinds={kinds} />}
        </div>
        <div className="designer-middle">
          <section className="card" aria-label={t('codes.specimen')}>
            <header className="card-head">
              <h2>{t('codes.specimen')}</h2>
              {shown && segments.length > 0 && (
                <span className="hint grow">{t('codes.allSigns', { count: parts.at(-1)?.end ?? 0 })}</span>
              )}
              <span className="hint only-desk">{t('codes.usesNone')}</span>
            </header>
            {segments.length === 0 ? (
              <Templates kinds={kinds} onTake={take} />
            ) : (
              <div className={assessment.stale ? 'specimen-stale' : undefined}>
                {shown && (
                  <Specimen segments={segments} parts={parts} kinds={kinds} chosen={chosen} onChoose={pick} />
                )}
              </div>
            )}
            <ChipRow
              segments={segments}
              kinds={kinds}
              chosen={chosen}
              wrong={wrongOnes(segments, problems)}
              insertAt={dragging.insertAt}
              onChoose={pick}
              onMove={may ? shift : undefined}
              onRemove={remove}
            />
            <Notes problems={problems} hints={check?.hints ?? []} />
          </section>
          <ProblemAlert problem={assessment.error} />
          {check !== undefined && (
            <Overlaps
              code={rule?.code}
              check={check}
              segments={plain}
              kinds={kinds}
              onTake={may ? take : undefined}
            />
          )}
          <div className="designer-pair">
            <div className="stack">
              {check?.forecast && (
                <Examples
                  examples={assessment.examples}
                  segments={plain}
                  kinds={kinds}
                  supposed={supposed}
                  onSuppose={onSuppose}
                />
              )}
              <section className="card codes-decode grow" aria-label={t('codes.decode')}>
                <header className="card-head">
                  <h2>{t('codes.decode')}</h2>
                  <span className="hint">{t('codes.decodeHelp')}</span>
                </header>
                <Decode />
              </section>
            </div>
            {check?.forecast && (
              <Outlook
                check={check}
                segments={plain}
                kinds={kinds}
                supposed={supposed}
                onSuppose={onSuppose}
                onTake={may ? take : undefined}
              />
            )}
          </div>
        </div>
        <section className="card designer-right" aria-label={t('codes.properties')}>
          <Tabs
            activeKey={tab}
            onChange={(key) => setTab(key as 'segment' | 'rule')}
            items={[
              { key: 'segment', label: t('codes.segment') },
              { key: 'rule', label: t('codes.rule') },
            ]}
          />
          {tab === 'segment' ? (
            <Properties
              segments={segments}
              chosen={chosen}
              kinds={kinds}
              parts={shown ? parts : []}
              problems={problems}
              onChange={may ? set : undefined}
              onRemove={remove}
            />
          ) : (
            <RuleSettings rule={rule} board={draft.value} onChange={may ? draft.change : undefined} />
          )}
          {rule?.used === true && (
            <p className="codes-lock">
              <Icon name="lock" size={16} />{' '}
              {t('codes.usedHelp', { version: rule.version, next: rule.version + 1 })}
            </p>
          )}
        </section>
      </div>
      <DragOverlay dropAnimation={null}>
        {dragging.dragged && (
          <span className={`palette-entry palette-flying ${segmentClass(dragging.dragged.kind)}`}>
            {kindOf(kinds, dragging.dragged)?.label}
          </span>
        )}
      </DragOverlay>
    </DndContext>
  );
}

/** The chip under the pointer, else the nearest one while the pointer is over the row. */
const nearest: CollisionDetection = (args) => {
  const under = pointerWithin(args);
  if (under.length === 0)
    return args.active.data.current?.['segment'] === undefined ? closestCenter(args) : [];
  const chips = args.droppableContainers.filter((one) => typeof one.id === 'number');
  return chips.length === 0 ? under : closestCenter({ ...args, droppableContainers: chips });
};

function wrongOnes(segments: Board['segments'], problems: Note[]): Set<number> {
  const places = problems.map((note) => Number(/^\/segments\/(\d+)/.exec(note.pointer ?? '')?.[1] ?? NaN));
  return new Set(places.flatMap((place) => segments[place]?.id ?? []));
}

/** What is wrong with the rule as a whole, and what is worth knowing. */
function Notes({ problems, hints }: { problems: Note[]; hints: Note[] }) {
  if (problems.length + hints.length === 0) return null;
  return (
    <ul className="codes-notes" aria-live="polite">
      {problems.map((note, index) => (
        <li key={`p${index}`} className="codes-problem">
          <Icon name="close" size={16} />
          <span>
            <b>{note.message}</b> {note.advice}
          </span>
        </li>
      ))}
      {hints.map((note, index) => (
        <li key={`h${index}`} className="codes-hint">
          <Icon name="info" size={16} />
          <span>
            {note.message} {note.advice}
          </span>
        </li>
      ))}
    </ul>
  );
}
