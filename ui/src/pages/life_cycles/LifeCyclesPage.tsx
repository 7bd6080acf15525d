import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import '../../components/table.css';
import { getLifeCycle, listLifeCycles } from './calls';
import { Editor } from './Editor';
import './life_cycles.css';
import { NewCycle } from './NewCycle';

/** Life cycles: one of them open, the others a click away. */
export function LifeCyclesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { code: asked } = useParams();
  const [params] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const list = useQuery({
    queryKey: ['life_cycles'],
    queryFn: ({ signal }) => listLifeCycles(signal),
  });
  const cycles = list.data?.life_cycles ?? [];
  const code = asked ?? cycles.find((one) => one.code === 'goods')?.code ?? cycles[0]?.code;
  // A new one begins as a copy; it exists on the server only once it is saved.
  const copied = params.get('copy');
  const fresh = copied !== null && list.isSuccess && !cycles.some((one) => one.code === code);
  const source = fresh ? copied : code;
  const cycle = useQuery({
    queryKey: ['life_cycles', source],
    queryFn: ({ signal }) => getLifeCycle(source ?? '', undefined, signal),
    enabled: source !== undefined && (asked === undefined || copied === null || list.isSuccess),
  });
  const error = list.error ?? cycle.error;
  if (error !== null) {
    return (
      <Page title={t('life_cycles.title')}>
        <ProblemAlert problem={error} onRetry={() => void cycle.refetch()} />
      </Page>
    );
  }
  if (cycle.data === undefined || code === undefined) return <Spin className="table-wait" />;
  const shown = fresh
    ? { ...cycle.data, code, name: params.get('name') ?? code, version: 0, versions: [] }
    : cycle.data;
  return (
    <>
      <Editor
        key={`${shown.code}@${shown.version}`}
        cycle={shown}
        others={fresh ? [...cycles, { code, name: shown.name }] : cycles}
        onOpen={(other) => void navigate(`/life-cycles/${encodeURIComponent(other)}`)}
        onAdd={() => setAdding(true)}
      />
      <NewCycle
        open={adding}
        cycles={cycles}
        onClose={() => setAdding(false)}
        onStart={({ code: newCode, name, copy }) => {
          setAdding(false);
          const query = new URLSearchParams({ copy, name });
          void navigate(`/life-cycles/${encodeURIComponent(newCode)}?${query.toString()}`);
        }}
      />
    </>
  );
}
