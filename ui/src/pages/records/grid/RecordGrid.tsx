import type { MenuProps } from 'antd';
import { Button, Checkbox } from 'antd';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import type { ViewBody } from '../views/model';
import type { GridColumn } from './columns';
import './grid.css';
import { GridHeader } from './GridHeader';
import { GridRow } from './GridRow';
import { GroupRow } from './GroupRow';
import type { Item } from './layout';
import { LEAD_WIDTH } from './layout';
import { SectionLoader } from './SectionLoader';
import type { Selection } from './useCursor';
import { useCursor } from './useCursor';
import type { List } from './useList';
import { useSight } from './useSight';

interface RecordGridProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  columns: readonly GridColumn[];
  body: ViewBody;
  list: List;
  tree?: string | undefined;
  opened: number | null;
  selection: Selection;
  titleOf: (column: GridColumn) => string;
  sortable: (column: GridColumn) => boolean;
  menuOf: (column: GridColumn) => NonNullable<MenuProps['items']>;
  onSelect: (next: Selection) => void;
  onOpen: (record: FormRecord) => void;
  onSort: (sort: string | null) => void;
  onWidth: (key: string, width: number | null) => void;
  onMove: (key: string, before: string | null) => void;
  onStep: (key: string, by: -1 | 1) => void;
}

const PAGE = 100;
const GROUP_PAGE = 50;

/** Records as rows and columns: only what is in sight is drawn, however many there are. */
export function RecordGrid(props: RecordGridProps) {
  const { app, form, fields, body, list, tree, opened, selection, onSelect, onOpen } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [pulled, setPulled] = useState<{ key: string; width: number } | null>(null);
  const columns = useMemo(
    () =>
      props.columns
        .filter((one) => !one.hidden)
        .map((one) => (pulled?.key === one.key ? { ...one, width: pulled.width } : one)),
    [props.columns, pulled],
  );
  const lefts = useMemo(() => {
    let left = LEAD_WIDTH;
    const found = new Map<string, number>();
    for (const one of columns) {
      if (one.frozen) found.set(one.key, left);
      left += one.width;
    }
    return found;
  }, [columns]);
  const width = columns.reduce((sum, one) => sum + one.width, LEAD_WIDTH);
  const { visible, onScroll } = useSight(box, list);
  const cursor = useCursor({ app, form, box, columns, list, selection, onSelect, onOpen });
  const { active } = cursor;
  const choose = useCallback(
    (all: boolean) => onSelect(all ? new Map(list.rows.map((one) => [one.id, one])) : new Map()),
    [list.rows, onSelect],
  );
  const { rows } = list;
  const all = rows.length > 0 && rows.every((one) => selection.has(one.id));
  const shown = (item: Item) => {
    const style = { height: item.height, width, transform: `translateY(${item.top}px)` };
    switch (item.kind) {
      case 'group': {
        const by = body.group[item.level] ?? { field: '' };
        return (
          <GroupRow
            key={item.key}
            group={item.group}
            by={by}
            field={fields.find((one) => one.code === by.field)}
            columns={columns}
            lefts={lefts}
            totals={body.options.totals ?? {}}
            style={style}
            depth={item.depth}
            open={item.open}
            onToggle={() => list.toggle(item.key)}
          />
        );
      }
      case 'row': {
        const here = active?.record === item.record.id;
        return (
          <GridRow
            key={item.key}
            app={app}
            form={form}
            record={item.record}
            index={cursor.places.get(item.record.id) ?? 0}
            columns={columns}
            lefts={lefts}
            top={item.top}
            height={item.height}
            width={width}
            depth={tree === undefined ? 0 : item.depth}
            below={tree === undefined ? null : item.below}
            unfolded={item.open}
            selected={selection.has(item.record.id)}
            opened={opened === item.record.id}
            active={here ? active.column : null}
            editing={here && cursor.editing ? (cursor.column?.field ?? null) : null}
            on={cursor.on}
          />
        );
      }
      case 'fault':
        return (
          <div key={item.key} className="grid-say" style={{ transform: style.transform }}>
            <ProblemAlert problem={item.error} onRetry={() => list.reads.get(item.section.key)?.retry()} />
          </div>
        );
      default:
        return (
          <div key={item.key} className="grid-row grid-wait" aria-hidden style={style}>
            <div className="grid-lead" />
            {columns.map((one) => (
              <div key={one.key} className="grid-cell" style={{ width: one.width }}>
                <i />
              </div>
            ))}
          </div>
        );
    }
  };
  return (
    <div
      ref={box}
      className={`grid grid-${body.options.row_height ?? 'low'}`}
      role={tree === undefined ? 'grid' : 'treegrid'}
      tabIndex={0}
      aria-label={form.name}
      aria-rowcount={list.count === undefined ? -1 : list.count + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={
        active === null ? undefined : `cell-${active.record}-${active.column}`.replaceAll('#', '_')
      }
      onKeyDown={cursor.keys}
      onScroll={onScroll}
    >
      {list.loading.map((section) => (
        <SectionLoader
          key={section.key}
          app={app}
          form={form.code}
          section={section}
          sort={body.sort}
          limit={body.group.length > 0 ? GROUP_PAGE : PAGE}
          parent={tree}
          onRead={list.onRead}
        />
      ))}
      <div style={{ width, minWidth: '100%' }}>
        <GridHeader
          columns={columns}
          lefts={lefts}
          sort={body.sort}
          titleOf={props.titleOf}
          sortable={props.sortable}
          menuOf={props.menuOf}
          onSort={props.onSort}
          onWidth={(key, next, done) => {
            setPulled(done || next === null ? null : { key, width: next });
            if (done) props.onWidth(key, next);
          }}
          onMove={props.onMove}
          onStep={props.onStep}
          lead={
            <Checkbox
              checked={all}
              indeterminate={!all && selection.size > 0}
              aria-label={t('records.selectAll')}
              onChange={() => choose(!all)}
            />
          }
        />
        <div className="grid-body" role="rowgroup" style={{ height: list.height }}>
          {visible.map(shown)}
        </div>
        {list.groups.hasNextPage && body.group.length > 0 && (
          <Button
            type="link"
            loading={list.groups.isFetchingNextPage}
            onClick={() => void list.groups.fetchNextPage()}
          >
            {t('records.moreGroups')}
          </Button>
        )}
      </div>
    </div>
  );
}
