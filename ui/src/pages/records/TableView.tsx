import { Spin } from 'antd';
import { useState } from 'react';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { FormField } from '../../forms/model';
import { both } from './asking';
import { BatchBar } from './batch/BatchBar';
import { GridFoot } from './grid/GridFoot';
import { RecordGrid } from './grid/RecordGrid';
import type { Selection } from './grid/useCursor';
import { useList } from './grid/useList';
import type { ViewBodyShownProps } from './ViewBodyShown';
import { groupText } from './views/model';

/** Records in rows and columns, in groups, or below one another. */
export function TableView(props: ViewBodyShownProps & { parent: FormField | undefined }) {
  const { view, parent } = props;
  // What was read of other groups has nothing to do with these.
  return <Rows key={`${view.id} ${groupText(view.body.group)} ${parent?.code ?? ''}`} {...props} />;
}

function Rows(props: ViewBodyShownProps & { parent: FormField | undefined }) {
  const { app, form, fields, view, head, filter, opened, empty, parent, onOpen } = props;
  const { body, change } = view;
  const [selection, setSelection] = useState<Selection>(new Map());
  // While something is searched for, everything that fits is shown, wherever it hangs.
  const tree = parent !== undefined && filter === (body.filter ?? null) ? parent.code : undefined;
  const roots = tree === undefined ? filter : both(filter, { field: tree, is: 'empty' });
  const list = useList({ app, form: form.code, body, filter: roots, tree });
  const there = new Map(list.rows.map((one) => [one.id, one]));
  const chosen: Selection = new Map([...selection].map(([id, one]) => [id, there.get(id) ?? one]));
  return (
    <>
      {selection.size > 0 && (
        <BatchBar app={app} form={form} fields={fields} selection={chosen} onSelect={setSelection} />
      )}
      {list.error != null && <ProblemAlert problem={list.error} onRetry={list.retry} />}
      {list.pending && <Spin className="table-wait" />}
      {list.empty && <div className="card">{empty}</div>}
      {!list.pending && (
        <div className={list.empty || list.error != null ? 'grid-box grid-none' : 'grid-box'}>
          <RecordGrid
            app={app}
            form={form}
            fields={fields}
            columns={head.columns}
            body={body}
            list={list}
            tree={tree}
            opened={opened}
            selection={chosen}
            titleOf={head.titleOf}
            sortable={head.sortable}
            menuOf={head.menuOf}
            onSelect={setSelection}
            onOpen={(record) =>
              onOpen(
                record,
                list.rows.map((one) => one.id),
              )
            }
            onSort={(sort) => change({ sort })}
            onWidth={head.width}
            onMove={head.move}
            onStep={head.step}
          />
          <GridFoot list={list} fields={fields} options={body.options} chosen={selection.size} />
        </div>
      )}
    </>
  );
}
