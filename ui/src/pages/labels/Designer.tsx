import type { DragEndEvent } from '@dnd-kit/core';
import {
  closestCenter,
  DndContext,
  DragOverlay,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import type { CollisionDetection } from '@dnd-kit/core';
import { App } from 'antd';
import { useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';
import { fresh } from '../../labels/adding';
import type { Field, Kinds } from '../../labels/declared';
import { looksOf } from '../../labels/elements/family';
import type { Point } from '../../labels/geometry';
import { elementsAt } from '../../labels/geometry';
import { laid, pageOf, reduce, selectedOf } from '../../labels/model';
import type { Dpi, LabelElement } from '../../labels/template';
import type { Label } from './calls';
import { Canvas, DROP } from './Canvas';
import type { Desk } from './desk';
import { DeskProvider } from './desk';
import { DesignerBar } from './DesignerBar';
import { FieldList } from './FieldList';
import { Layers } from './Layers';
import type { Piece } from './Palette';
import { Palette } from './Palette';
import { Panel } from './Panel';
import { PrintView } from './PrintView';
import { PublishDialog, refused } from './PublishDialog';
import { Toolbar } from './Toolbar';
import { useFields } from './useFields';
import { useKeys } from './useKeys';
import { useRaster } from './useRaster';
import { useSamples } from './useSamples';
import { recovered, useSaving } from './useSaving';
import { onLabel, useView } from './useView';
import { VersionsDrawer } from './VersionsDrawer';

/** The drawing board for a label. */
export function Designer({ label, kinds, onReload }: { label: Label; kinds: Kinds; onReload: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay()('labels.edit');
  const [found] = useState(() => (may ? recovered(label) : undefined));
  const [board, dispatch] = useReducer(reduce, laid(found ?? label.template));
  const samples = useSamples();
  const fields = useFields(samples.code);
  const [dpi, setDpi] = useState<Dpi>(203);
  const [snap, setSnap] = useState(true);
  const [grid, setGrid] = useState(true);
  const [versions, setVersions] = useState(false);
  const [asking, setAsking] = useState(false);
  const [looking, setLooking] = useState(false);
  const { raster, problem, pending } = useRaster(board.present, samples.code, dpi);
  const saving = useSaving(label, board.present, may);
  const frame = useRef<HTMLDivElement>(null);
  const { view, fit, zoomBy, zoomTo, shift } = useView(frame, pageOf(board.present));
  useKeys({ board, dispatch, may, dpi, save: saving.save, fit, zoomBy });

  const put = (piece: Piece, at: Point | null) => {
    const body = { ...piece.values, kind: piece.kind, name: piece.label, w: piece.size[0], h: piece.size[1] };
    dispatch({ do: 'add', elements: [fresh(board.present, body, at, dpi)] });
  };
  const insert = (field: Field, at: Point | null) => {
    const under = at === null ? selectedOf(board)[0] : elementsAt(board.present.elements, at, 0)[0];
    const values = under === undefined || under.locked ? null : taken(under, field, at !== null);
    if (under !== undefined && values !== null) {
      dispatch({ do: 'set', ids: [under.id], values });
      dispatch({ do: 'select', ids: [under.id] });
      return;
    }
    const kind = kinds.elements.find((one) => one.name === 'field');
    const values_ = { field: field.name, font: field.name.endsWith('code') ? 'mono' : 'sans' };
    const size: [number, number] = kind?.size_mm ?? [30, 6];
    put({ kind: 'field', label: field.label, icon: 'field', values: values_, size }, at);
  };
  const dragging = useDragging(put, insert, (event) => {
    const box = frame.current?.getBoundingClientRect();
    const at = event.active.rect.current.translated;
    if (box === undefined || at === null || event.over?.id !== DROP) return undefined;
    return onLabel(view, { x: at.left + at.width / 2 - box.left, y: at.top + at.height / 2 - box.top });
  });
  const desk: Desk = {
    ...{ code: label.code, board, dispatch, may, kinds, fields, samples, raster, pending, problem },
    ...{ dpi, setDpi, snap, setSnap, grid, setGrid },
  };
  return (
    <DeskProvider value={desk}>
      <DndContext
        sensors={dragging.sensors}
        collisionDetection={overLabel}
        onDragStart={(event) => dragging.start(event.active.data.current as Dragged)}
        onDragCancel={dragging.end}
        onDragEnd={(event) => {
          dragging.end();
          const layer = (event.active.data.current as Dragged).layer;
          if (layer === undefined) dragging.drop(event);
          else if (event.over !== null) {
            const to = board.present.elements.findIndex((one) => one.id === event.over?.id);
            if (to >= 0) dispatch({ do: 'layer', id: layer, to });
          }
        }}
      >
        <div className="ld">
          <DesignerBar
            label={label}
            saving={saving}
            found={found !== undefined}
            onVersions={() => setVersions(true)}
            onPublish={() => {
              setLooking(false);
              setAsking(true);
            }}
          />
          <div className="ld-left">
            <Palette onAdd={(piece) => put(piece, null)} />
            <Layers />
            <FieldList onInsert={(field) => insert(field, null)} />
          </div>
          <main className="ld-middle">
            <Toolbar zoom={view.zoom} fit={fit} zoomBy={zoomBy} zoomTo={zoomTo} />
            <Canvas frame={frame} view={view} shift={shift} />
            <PrintView />
          </main>
          <Panel saving={saving} />
        </div>
        <DragOverlay dropAnimation={null}>
          {dragging.dragged !== null && (
            <span className="ld-offer ld-flying">
              <Icon name={dragging.dragged.piece?.icon ?? 'field'} size={18} />
              {dragging.dragged.piece?.label ?? dragging.dragged.field?.label}
            </span>
          )}
        </DragOverlay>
      </DndContext>
      <VersionsDrawer
        code={label.code}
        open={versions}
        published={saving.published}
        may={may}
        onRestore={(template) => dispatch({ do: 'replace', template })}
        onClose={() => setVersions(false)}
      />
      <PublishDialog
        open={asking || (refused(saving) && !looking)}
        saving={saving}
        onPublish={(over) =>
          saving.publishing.mutate(over, {
            onSuccess: () => {
              setAsking(false);
              saving.saving.reset();
              void message.success(t('published'));
            },
          })
        }
        onDiscard={onReload}
        onClose={() => {
          setAsking(false);
          setLooking(true);
          saving.publishing.reset();
        }}
      />
    </DeskProvider>
  );
}

interface Dragged {
  piece?: Piece;
  field?: Field;
  layer?: string;
}

type Drop = (event: DragEndEvent) => Point | undefined;

/** Dragging from the palette and the list of fields on the label, and layers among each other. */
function useDragging(
  put: (piece: Piece, at: Point) => void,
  insert: (field: Field, at: Point) => void,
  where: Drop,
) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  // A press that does not move is a click.
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));
  return {
    sensors,
    dragged,
    start: (data: Dragged) => setDragged(data.layer === undefined ? data : null),
    end: () => setDragged(null),
    drop: (event: DragEndEvent) => {
      const at = where(event);
      const { piece, field } = event.active.data.current as Dragged;
      if (at === undefined) return;
      if (piece !== undefined) put(piece, at);
      else if (field !== undefined) insert(field, at);
    },
  };
}

/** Layers go between layers, everything else on the label. */
const overLabel: CollisionDetection = (args) => {
  if ((args.active.data.current as Dragged).layer === undefined) {
    return pointerWithin(args).filter((one) => one.id === DROP);
  }
  const layers = args.droppableContainers.filter((one) => one.id !== DROP);
  return closestCenter({ ...args, droppableContainers: layers });
};

/** What an element says after a field was put into it; null where it takes none. */
function taken(element: LabelElement, field: Field, dropped: boolean): Record<string, unknown> | null {
  const property = looksOf(element.kind).takes;
  if (property === undefined) return null;
  if (property !== 'value') return { [property]: field.name };
  const before = typeof element['value'] === 'string' ? element['value'] : '';
  // A code says one thing: what is put into it takes the place of what it said.
  const instead = element.kind === 'barcode' && (dropped || !before.includes('{'));
  return { value: instead ? `{${field.name}}` : `${before}{${field.name}}` };
}
