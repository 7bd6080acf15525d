import type { DragEndEvent } from '@dnd-kit/core';
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import type { FileValue } from './model';
import { Thumb } from './Thumb';

interface TilesProps {
  files: FileValue[];
  size: number;
  disabled: boolean;
  onOpen: (file: FileValue) => void;
  onChange: (files: FileValue[]) => void;
}

/** Pictures side by side, put in order by dragging, or with space and the arrows. */
export function PictureTiles({ files, size, disabled, onOpen, onChange }: TilesProps) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { delay: 180, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, keyboardCodes: KEYS }),
  );
  const drop = ({ active, over }: DragEndEvent) => {
    const from = files.findIndex((one) => one.id === active.id);
    const to = files.findIndex((one) => one.id === over?.id);
    const moved = files[from];
    if (moved === undefined || to < 0 || from === to) return;
    onChange(files.toSpliced(from, 1).toSpliced(to, 0, moved));
  };
  if (files.length === 0) return null;
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
      <SortableContext items={files.map((one) => one.id)} strategy={rectSortingStrategy}>
        <ul className="file-tiles">
          {files.map((file) => (
            <Tile
              key={file.id}
              file={file}
              size={size}
              disabled={disabled}
              onOpen={() => onOpen(file)}
              onRemove={() => onChange(files.filter((one) => one.id !== file.id))}
            />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

/** Return opens a picture; space takes it up. */
const KEYS = { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] };

interface TileProps {
  file: FileValue;
  size: number;
  disabled: boolean;
  onOpen: () => void;
  onRemove: () => void;
}

function Tile({ file, size, disabled, onOpen, onRemove }: TileProps) {
  const { t } = useTranslation();
  const { setNodeRef, transform, transition, attributes, listeners, isDragging } = useSortable({
    id: file.id,
    disabled,
  });
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? 'file-tile file-flying' : 'file-tile'}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        className="file-bare"
        {...attributes}
        {...listeners}
        aria-label={file.name}
        aria-disabled={false}
        role="button"
        onClick={onOpen}
      >
        <Thumb file={file} size={size} />
      </button>
      {!disabled && (
        <button
          type="button"
          className="file-off"
          aria-label={t('files.remove', { name: file.name })}
          onClick={onRemove}
        >
          <Icon name="close" size={14} />
        </button>
      )}
    </li>
  );
}
