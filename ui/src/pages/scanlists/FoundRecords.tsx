import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useDebounced } from '../../components/useDebounced';
import { findRecords, formPage, useForm, useKinds } from '../../forms/calls';
import { fieldsOf } from '../../forms/controls';
import { useEntryAround } from '../../forms/entry';
import type { FormField, Values } from '../../forms/model';
import { asText, isEmpty } from '../../forms/model';
import { linkOf } from '../../forms/RecordSelect';
import { ShowValue } from '../../forms/ShowValue';
import './scanlists.css';

const TYPED_MS = 400;
const USUAL_COLUMNS = 4;

/** What must be equal: a field there and its value here; null while one of them is empty. */
export function matching(match: unknown, values: Values): { filter: unknown; lacks: string | null } {
  const parts: unknown[] = [];
  for (const line of Array.isArray(match) ? match : []) {
    const [there = '', here = ''] = asText(line)
      .split('=')
      .map((one) => one.trim());
    const value = values[here];
    if (isEmpty(value)) return { filter: null, lacks: here };
    parts.push({ field: there, is: 'equal', value });
  }
  return { filter: { and: parts }, lacks: null };
}

/** Records of another form that fit what stands here, as far as the reader may see them. */
export function FoundRecords({ field }: { field: FormField }) {
  const { t } = useTranslation();
  const around = useEntryAround();
  const kinds = useKinds();
  const { app, form } = linkOf(field);
  const most = Number(field.options?.['most'] ?? 10);
  const said = matching(field.options?.['match'], around?.values ?? {});
  const filter = useDebounced(said.filter === null ? '' : JSON.stringify(said.filter), TYPED_MS);
  const there = useForm(app, form);
  const found = useQuery({
    queryKey: ['records', app, form, 'found', filter, most],
    queryFn: ({ signal }) => findRecords(app, form, { filter, limit: most }, signal),
    enabled: filter !== '' && form !== '',
    retry: false,
  });
  const named = Array.isArray(field.options?.['columns']) ? field.options['columns'].map(asText) : [];
  const every = fieldsOf(there.data?.fields ?? [], kinds);
  const columns =
    named.length > 0 ? every.filter((one) => named.includes(one.code)) : every.slice(0, USUAL_COLUMNS);
  const records = found.data?.records ?? [];
  return (
    <div className="field-box">
      <div className="field-title">{field.title}</div>
      {said.lacks !== null ? (
        <p className="hint">{t('scanlists.query.wait', { field: said.lacks })}</p>
      ) : found.isError || there.isError ? (
        <ProblemAlert problem={found.error ?? there.error} />
      ) : found.isPending || there.isPending ? (
        <Spin size="small" />
      ) : records.length === 0 ? (
        <p className="muted">{t('scanlists.query.none')}</p>
      ) : (
        <>
          <div className="found-scroll">
            <table className="found-records">
              <thead>
                <tr>
                  <th scope="col">#</th>
                  {columns.map((one) => (
                    <th key={one.id} scope="col">
                      {one.title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {records.map((one) => (
                  <tr key={one.id}>
                    <td>
                      <Link to={`${formPage(app, form)}?open=${one.id}`}>{one.id}</Link>
                    </td>
                    {columns.map((column) => (
                      <td key={column.id}>
                        <ShowValue field={column} value={one.values[column.code]} short />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {found.data.next !== null && <p className="hint">{t('scanlists.query.more', { count: most })}</p>}
        </>
      )}
    </div>
  );
}
