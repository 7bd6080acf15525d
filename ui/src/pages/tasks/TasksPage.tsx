import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Dropdown, Input, Select, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useDebounced } from '../../components/useDebounced';
import type { Box, TaskRow } from '../../flows/api';
import { BOXES, listTasks } from '../../flows/api';
import { BatchApprove } from './BatchApprove';
import { Delegations } from './delegations/Delegations';
import { TaskLine } from './TaskLine';
import './tasks.css';

const PAGE = 30;
const POLL_MS = 30_000;
const TYPING_MS = 250;

/** The work list (待办): what waits for the reader, what they have started and done, what was shown to them. */
export function TasksPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [params, setParams] = useSearchParams();
  const asked = params.get('box');
  const box: Box = BOXES.find((one) => one === asked) ?? 'todo';
  const [typed, setTyped] = useState('');
  const text = useDebounced(typed.trim(), TYPING_MS);
  const [flow, setFlow] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [delegating, setDelegating] = useState(false);
  const [batch, setBatch] = useState<TaskRow[] | null>(null);
  const found = useInfiniteQuery({
    queryKey: ['tasks', 'list', box, flow, text],
    queryFn: async ({ pageParam, signal }) => {
      const page = await listTasks({ box, ...ofFlow(flow), text, after: pageParam, limit: PAGE }, signal);
      // The badge of the navigation is as new as the list.
      queries.setQueryData(['tasks', 'counts'], page.counts);
      return page;
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: POLL_MS,
  });
  const rows = found.data?.pages.flatMap((page) => page.tasks) ?? [];
  const counts = found.data?.pages[0]?.counts;
  const flows = useKnownFlows(rows);
  const several = rows.filter((one) => box === 'todo' && one.kind === 'approve' && one.id !== null);
  const picked = several.filter((one) => one.id !== null && chosen.has(one.id));
  const filtered = text !== '' || flow !== undefined;
  const go = (next: Box) => {
    setChosen(new Set());
    setParams(next === 'todo' ? {} : { box: next }, { replace: true });
  };
  const choose = (id: number, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <Page
      title={t('tasks.title')}
      actions={
        <Dropdown
          trigger={['click']}
          menu={{
            items: [{ key: 'delegations', label: t('tasks.delegation.entry') }],
            onClick: () => setDelegating(true),
          }}
        >
          <Button icon={<Icon name="down" size={14} />} iconPlacement="end">
            {t('more')}
          </Button>
        </Dropdown>
      }
    >
      <Delegations open={delegating} onClose={() => setDelegating(false)} />
      <div className="task-boxes" role="tablist" aria-label={t('tasks.title')}>
        {BOXES.map((one) => {
          const count = one === 'todo' || one === 'copied' || one === 'drafts' ? counts?.[one] : undefined;
          return (
            <button
              key={one}
              type="button"
              role="tab"
              aria-selected={one === box}
              className={one === box ? 'task-box task-box-here' : 'task-box'}
              onClick={() => go(one)}
            >
              {t(`tasks.box.${one}`)}
              {count !== undefined && count > 0 && <span className="number">{count}</span>}
            </button>
          );
        })}
      </div>
      <div className="task-filter">
        {several.length > 1 && (
          <Checkbox
            checked={picked.length === several.length}
            indeterminate={picked.length > 0 && picked.length < several.length}
            onChange={(event) =>
              setChosen(new Set(event.target.checked ? several.flatMap((one) => one.id ?? []) : []))
            }
            aria-label={t('tasks.batch.all')}
            title={t('tasks.batch.all')}
          />
        )}
        <Input
          allowClear
          prefix={<Icon name="search" size={16} />}
          value={typed}
          placeholder={t('tasks.search')}
          aria-label={t('tasks.search')}
          onChange={(event) => setTyped(event.target.value)}
        />
        {(flows.length > 1 || flow !== undefined) && (
          <Select<string>
            allowClear
            value={flow ?? null}
            placeholder={t('tasks.anyFlow')}
            aria-label={t('tasks.flow')}
            popupMatchSelectWidth={false}
            options={flows}
            onChange={(next: string | undefined) => setFlow(next)}
          />
        )}
      </div>
      <section className="card task-list">
        {found.isPending && <Spin className="table-wait" />}
        {found.isError && <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />}
        {found.isSuccess && rows.length === 0 && (
          <EmptyState icon={filtered ? 'search' : 'tasks'} title={t(emptyTitle(box, filtered))}>
            {t(`${emptyTitle(box, filtered)}How`)}
          </EmptyState>
        )}
        <ul>
          {rows.map((one) => (
            <TaskLine
              key={`${one.id ?? 'i'}-${one.instance}-${one.node}`}
              task={one}
              box={box}
              chosen={one.id !== null && chosen.has(one.id)}
              onChoose={box === 'todo' ? choose : undefined}
            />
          ))}
        </ul>
        {found.hasNextPage && (
          <Button
            type="text"
            block
            className="task-more"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('list.more')}
          </Button>
        )}
      </section>
      {picked.length > 0 && (
        <div className="task-batch">
          <b>{t('tasks.selected', { count: picked.length })}</b>
          <span className="grow" />
          <Button onClick={() => setChosen(new Set())}>{t('cancel')}</Button>
          <Button type="primary" onClick={() => setBatch(picked)}>
            {t('tasks.batch.approve')}
          </Button>
        </div>
      )}
      {batch !== null && (
        <BatchApprove
          tasks={batch}
          onClose={() => {
            setBatch(null);
            setChosen(new Set());
          }}
        />
      )}
    </Page>
  );
}

/** A flow that is chosen, as `app/flow`. */
function ofFlow(chosen: string | undefined): { app?: string; flow?: string } {
  const [app, flow] = chosen?.split('/') ?? [];
  return { ...(app !== undefined && { app }), ...(flow !== undefined && { flow }) };
}

const emptyTitle = (box: Box, filtered: boolean) => `tasks.empty.${filtered ? 'found' : box}`;

/** Every flow that was seen in the list so far, to filter by. */
function useKnownFlows(rows: readonly TaskRow[]): { value: string; label: string }[] {
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const fresh = rows.filter((one) => !known.has(`${one.app}/${one.flow}`));
  if (fresh.length > 0) {
    setKnown(new Map([...known, ...fresh.map((one) => [`${one.app}/${one.flow}`, one.flow_name] as const)]));
  }
  return [...known].map(([value, label]) => ({ value, label }));
}
