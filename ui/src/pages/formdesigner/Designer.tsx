import { DndContext, DragOverlay } from '@dnd-kit/core';
import { useMemo, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Declaration, Kind } from '../../formdesigner/declared';
import { byName, say } from '../../formdesigner/declared';
import type { Fault } from '../../formdesigner/faults';
import { faultsOf } from '../../formdesigner/faults';
import { laid, reduce } from '../../formdesigner/model';
import { copiedGroup } from '../../formdesigner/parts';
import type { Place } from '../../formdesigner/tree';
import { find, fresh, walk } from '../../formdesigner/tree';
import { problemOf } from '../../api/problem';
import type { Step } from './Bar';
import { Bar } from './Bar';
import type { Drawn } from './calls';
import { Canvas } from './Canvas';
import type { Desk } from './desk';
import { DeskProvider } from './desk';
import { kindIcon } from './kindIcon';
import { MiddleBar } from './MiddleBar';
import { Palette } from './Palette';
import { Panel } from './Panel';
import type { FormPart } from './parts';
import { Preview } from './Preview';
import { PublishDialog } from './PublishDialog';
import { RightsStep } from './RightsStep';
import { RuleStep } from './RuleStep';
import { useRuleNotice } from './rules/useRuleNotice';
import { useDragging } from './useDragging';
import { useKeys } from './useKeys';
import { recovered, useSaving } from './useSaving';
import { VersionsDrawer } from './VersionsDrawer';

/** The part that the address asks for: `?step=rights`. */
function stepAsked(): Step {
  const asked = new URLSearchParams(window.location.search).get('step');
  return asked === 'rules' || asked === 'rights' ? asked : 'design';
}

interface DesignerProps {
  app: string;
  drawn: Drawn;
  declaration: Declaration;
  onReload: () => void;
}

/** The drawing board for a form. */
export function Designer({ app, drawn, declaration, onReload }: DesignerProps) {
  const { i18n } = useTranslation();
  const kinds = useMemo(() => byName(declaration.kinds), [declaration]);
  const [found] = useState(() => recovered(app, drawn));
  const [board, dispatch] = useReducer(reduce, laid((found ?? drawn).fields, kinds, (found ?? drawn).rules));
  const saving = useSaving(app, drawn, { fields: board.present, rules: board.rules });
  const [step, setStep] = useState<Step>(stepAsked);
  const [rule, setRule] = useState<string | null>(null);
  const [phone, setPhone] = useState(false);
  const [preview, setPreview] = useState(false);
  const [asking, setAsking] = useState(false);
  const [looking, setLooking] = useState(false);
  const [versions, setVersions] = useState(false);
  const [name, setName] = useState(drawn.form.name);
  useKeys({ board, dispatch, save: saving.save });
  useRuleNotice(board);

  const put = (kind: Kind, place?: Place) => {
    const fields = [fresh(kind, say(kind.title, i18n.language))];
    dispatch({ do: 'add', fields, ...(place && { place }) });
  };
  const putPart = (part: FormPart, place?: Place) =>
    dispatch({ do: 'add', ...copiedGroup(part), ...(place && { place }) });
  const dragging = useDragging(board, dispatch, { kind: put, part: putPart });
  const published = useMemo(
    () => new Set(walk(saving.inForce.fields).map((one) => one.id)),
    [saving.inForce.fields],
  );
  const error = saving.checking.error ?? saving.publishing.error;
  const faults: Fault[] = useMemo(
    () => (error === null ? [] : faultsOf(problemOf(error), board.present)),
    [error, board.present],
  );
  const desk: Desk = {
    ...{ app, form: drawn.form, name, board, dispatch, declaration, kinds, published, faults },
    ...{ put, putPart },
    mark: dragging.mark,
    toRules: (id) => {
      setRule(id);
      setStep('rules');
    },
  };
  const flying = dragging.dragged;
  const dragged = flying?.field === undefined ? undefined : find(board.present, flying.field);
  return (
    <DeskProvider value={desk}>
      <DndContext sensors={dragging.sensors} {...dragging.handlers}>
        <div className={step === 'design' ? 'fd' : 'fd fd-wide'}>
          <Bar
            {...{ saving, step, setStep, phone, setPhone, setName }}
            found={found !== undefined}
            onVersions={() => setVersions(true)}
            onPreview={() => setPreview(true)}
            onPublish={() => {
              setLooking(false);
              setAsking(true);
              saving.publishing.reset();
              saving.checking.mutate(false);
            }}
          />
          {step === 'design' ? (
            <>
              <Palette />
              <main className="fd-middle">
                <MiddleBar saving={saving} />
                <Canvas phone={phone} />
              </main>
              <Panel />
            </>
          ) : step === 'rules' ? (
            <RuleStep open={rule} onOpen={setRule} />
          ) : (
            <RightsStep saving={saving} />
          )}
        </div>
        <DragOverlay dropAnimation={null} className="fd-overlay">
          {flying !== null && (
            <span className="fd-chip fd-flying">
              <Icon
                name={flying.part ? 'widen' : kindIcon(flying.kind ?? kinds.get(dragged?.kind ?? ''))}
                size={16}
              />
              {flying.kind ? say(flying.kind.title, i18n.language) : (flying.part?.name ?? dragged?.title)}
            </span>
          )}
        </DragOverlay>
      </DndContext>
      {preview && (
        <Preview version={saving.inForce.version} differs={saving.draft} onClose={() => setPreview(false)} />
      )}
      <VersionsDrawer
        open={versions}
        saving={saving}
        onRestored={onReload}
        onClose={() => setVersions(false)}
      />
      <PublishDialog
        open={asking || (saving.stuck && !looking)}
        saving={saving}
        onDiscard={onReload}
        onClose={() => {
          setAsking(false);
          // A conflict that was put aside comes back when 发布 is pressed, or with the next one.
          setLooking(saving.stuck);
        }}
        onOver={() => setAsking(true)}
      />
    </DeskProvider>
  );
}
