import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { FormInfo, FormRecord } from '../../forms/calls';
import { getHistory, useKinds } from '../../forms/calls';
import { fieldsOf } from '../../forms/controls';
import { DifferenceList } from './DifferenceList';

interface HistoryTabProps {
  app: string;
  form: FormInfo;
  record: FormRecord;
}

/** Who changed what when, newest first, down to who added the record. */
export function HistoryTab({ app, form, record }: HistoryTabProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['records', app, form.code, 'history', record.id, record.version],
    queryFn: ({ signal }) => getHistory(app, form.code, record.id, signal),
  });
  if (isPending) return <Spin className="table-wait" />;
  if (data === undefined) {
    return (
      <div className="record-body">
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  const at = (moment: string) => (
    <time className="mono hint" dateTime={moment}>
      {dayjs(moment).format('YYYY-MM-DD HH:mm:ss')}
    </time>
  );
  return (
    <ol className="record-body record-history" aria-label={t('records.history')}>
      {data.map((one) => (
        <li key={one.version}>
          <p className="row">
            <b>{one.by}</b>
            <span>{t(one.action === 'delete' ? 'records.didDelete' : 'records.didChange')}</span>
            <span className="grow" />
            {at(one.at)}
          </p>
          <DifferenceList changes={one.fields} fields={fieldsOf(form.fields, kinds)} />
        </li>
      ))}
      <li>
        <p className="row">
          <b>{record.created_by}</b>
          <span>{t('records.didAdd')}</span>
          <span className="grow" />
          {at(record.created_at)}
        </p>
      </li>
    </ol>
  );
}
