import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useForm } from '../../forms/calls';
import { getDrawn, useFlowKinds } from './calls';
import { Designer } from './Designer';
import './flowdesigner.css';
import { forget } from './useSaving';

/** One flow on the drawing board. */
export function FlowDesignPage() {
  const { t } = useTranslation();
  const { app = '', flow = '' } = useParams();
  const queries = useQueryClient();
  const [round, setRound] = useState(0);
  const declaration = useFlowKinds();
  const drawn = useQuery({
    queryKey: ['flow-design', app, flow, round],
    queryFn: ({ signal }) => getDrawn(app, flow, signal),
    // The board is begun once; what others do meanwhile is noticed when saving.
    staleTime: Infinity,
    gcTime: 0,
  });
  const name = drawn.data?.flow.name;
  useEffect(() => {
    document.title = name === undefined ? '码志' : `${name} · 码志`;
  }, [name]);
  const error = declaration.error ?? drawn.error;
  if (error !== null) {
    return (
      <div className="page">
        <ProblemAlert problem={error} onRetry={() => void queries.invalidateQueries()} />
      </div>
    );
  }
  if (declaration.data === undefined || drawn.data === undefined) {
    return <Skeleton active className="page" aria-label={t('loading')} />;
  }
  return (
    <WithForm
      app={app}
      form={drawn.data.form}
      show={(form) => (
        <Designer
          key={`${app} ${flow} ${round}`}
          app={app}
          form={form}
          drawn={drawn.data}
          declaration={declaration.data}
          onReload={() => {
            forget(app, flow);
            setRound(round + 1);
          }}
        />
      )}
    />
  );
}

interface WithFormProps {
  app: string;
  form: string;
  show: (form: NonNullable<ReturnType<typeof useForm>['data']>) => React.ReactNode;
}

/** The form whose records run through the flow is read first. */
function WithForm({ app, form, show }: WithFormProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useForm(app, form);
  if (error !== null) {
    return (
      <div className="page">
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return data === undefined ? (
    <Skeleton active className="page" aria-label={t('loading')} />
  ) : (
    <>{show(data)}</>
  );
}
