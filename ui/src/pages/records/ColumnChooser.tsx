import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Button, Checkbox, Input, Popover, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { GridColumn } from './grid/columns';
import { moved } from './grid/columns';

interface ColumnChooserProps {
  columns: readonly GridColumn[];
  titleOf: (column: GridColumn) => string;
  onChange: (columns: GridColumn[]) => void;
  onReset: () => void;
}

/** Which columns a list shows, in which order, and which of them stay when it moves sideways. */
export function ColumnChooser({ columns, titleOf, onChange, onReset }: ColumnChooserProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const hidden = columns.filter((one) => one.hidden).length;
  const found = columns.filter((one) => titleOf(one).toLowerCase().includes(wanted.trim().toLowerCase()));
  const put = (key: string, change: Partial<GridColumn>) =>
    onChange(columns.map((one) => (one.key === key ? { ...one, ...change } : one)));
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="records-columns">
          {columns.length > 12 && (
            <Input
              allowClear
              value={wanted}
              placeholder={t('search')}
              aria-label={t('search')}
              prefix={<Icon name="search" size={14} />}
              onChange={(event) => setWanted(event.target.value)}
            />
          )}
          <DndContext
            sensors={sensors}
            collisionDetection={closestCenter}
            onDragEnd={({ active, over }) => {
              if (over === null || active.id === over.id) return;
              const keys = columns.map((one) => one.key);
              const down = keys.indexOf(String(active.id)) < keys.indexOf(String(over.id));
              const before = down ? (keys[keys.indexOf(String(over.id)) + 1] ?? null) : String(over.id);
              onChange(moved(columns, String(active.id), before));
            }}
          >
            <SortableContext items={found.map((one) => one.key)} strategy={verticalListSortingStrategy}>
              <ul className="records-columns-list">
                {found.map((one) => (
                  <Line
                    key={one.key}
                    column={one}
                    title={titleOf(one)}
                    last={!one.hidden && columns.filter((some) => !some.hidden).length === 1}
                    onShow={(shown) => put(one.key, { hidden: !shown })}
                    onFreeze={() => put(one.key, { frozen: !one.frozen })}
                  />
                ))}
              </ul>
            </SortableContext>
          </DndContext>
          <div className="row records-columns-foot">
            <Button
              type="link"
              size="small"
              onClick={() => onChange(columns.map((one) => ({ ...one, hidden: false })))}
            >
              {t('records.allColumns')}
            </Button>
            <span className="grow" />
            <Button type="link" size="small" onClick={onReset}>
              {t('records.usualColumns')}
            </Button>
          </div>
        </div>
      }
    >
      <Button type="text" icon={<Icon name="table" size={16} />}>
        {hidden > 0 ? t('records.columnsHidden', { count: hidden }) : t('records.columns')}
      </Button>
    </Popover>
  );
}

interface LineProps {
  column: GridColumn;
  title: string;
  last: boolean;
  onShow: (shown: boolean) => void;
  onFreeze: () => void;
}

function Line({ column, title, last, onShow, onFreeze }: LineProps) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: column.key,
  });
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? 'records-column records-column-lifted' : 'records-column'}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        className="records-grip"
        {...attributes}
        {...listeners}
        aria-label={t('records.moveColumn', { title })}
      >
        <Icon name="drag" size={14} />
      </button>
      <Checkbox checked={!column.hidden} disabled={last} onChange={(event) => onShow(event.target.checked)}>
        {title}
      </Checkbox>
      <span className="grow" />
      <Tooltip title={t(column.frozen ? 'records.unfreeze' : 'records.freeze')} mouseEnterDelay={0.5}>
        <button
          type="button"
          className={column.frozen ? 'records-freeze records-frozen' : 'records-freeze'}
          aria-pressed={column.frozen}
          aria-label={t('records.freezeColumn', { title })}
          onClick={onFreeze}
        >
          <Icon name={column.frozen ? 'lock' : 'unlock'} size={14} />
        </button>
      </Tooltip>
    </li>
  );
}
