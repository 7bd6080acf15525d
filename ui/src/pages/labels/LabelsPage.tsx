import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown, Spin } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { problemOf } from '../../api/problem';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import '../../components/table.css';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import type { LabelSummary } from './calls';
import { changeLabel, listLabels } from './calls';
import './labels.css';
import { NewLabel } from './NewLabel';
import { StoredThumbnail } from './Thumbnail';

/** All labels, each by its picture. */
export function LabelsPage() {
  const { t } = useTranslation();
  const may = useMay()('labels.edit');
  const [filters, setFilters] = useFilters(['q', 'active'] as const);
  const [making, setMaking] = useState<{ copy: LabelSummary | null } | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['labels', 'list', filters],
    queryFn: ({ pageParam, signal }) => listLabels({ ...filters, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const labels = list.data?.pages.flatMap((page) => page.labels) ?? [];
  const add = (
    <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setMaking({ copy: null })}>
      {t('labels.new')}
    </Button>
  );
  return (
    <Page title={t('labels.title')} beside={t('labels.beside')} actions={may && add}>
      <div className="stack">
        <FilterBar>
          <SearchField value={filters.q} label={t('labels.search')} onChange={(q) => setFilters({ q })} />
          <ChoiceFilter
            value={filters.active}
            label={t('state_')}
            options={[
              { value: 'true', label: t('active') },
              { value: 'false', label: t('inactive') },
            ]}
            onChange={(active) => setFilters({ active })}
          />
        </FilterBar>
        <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />
        {list.isPending && <Spin className="table-wait" />}
        {list.isSuccess && labels.length === 0 && (
          <div className="card">
            <EmptyState
              icon="label"
              title={t(filters.q === undefined ? 'labels.empty' : 'labels.nothingFound')}
              action={may && add}
            >
              {t('labels.emptyHelp')}
            </EmptyState>
          </div>
        )}
        <ul className="label-cards" aria-label={t('labels.title')}>
          {labels.map((label) => (
            <li key={label.code}>
              <LabelCard label={label} may={may} onCopy={() => setMaking({ copy: label })} />
            </li>
          ))}
        </ul>
        {list.hasNextPage && (
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('list.more')}
          </Button>
        )}
      </div>
      {making !== null && <NewLabel copy={making.copy} onClose={() => setMaking(null)} />}
    </Page>
  );
}

interface LabelCardProps {
  label: LabelSummary;
  may: boolean;
  onCopy: () => void;
}

function LabelCard({ label, may, onCopy }: LabelCardProps) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (active: boolean) => changeLabel(label.code, { active }),
    onSuccess: async () => {
      void message.success(t('saved'));
      await queries.invalidateQueries({ queryKey: ['labels', 'list'] });
    },
    onError: (error) => void message.error(problemOf(error).title),
  });
  const retire = () =>
    void modal.confirm({
      title: t('labels.retireTitle', { name: label.name }),
      content: t('labels.retireHelp'),
      okText: t('labels.retire'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => change.mutate(false),
    });
  const to = `/labels/${encodeURIComponent(label.code)}`;
  const actions: Record<string, () => void> = {
    open: () => void navigate(to),
    copy: onCopy,
    retire,
    revive: () => change.mutate(true),
  };
  const last = label.active
    ? { key: 'retire', label: t('labels.retire'), danger: true }
    : { key: 'revive', label: t('labels.revive') };
  return (
    <article className="card label-card">
      <Link to={to} className="label-card-picture" aria-label={t('labels.open', { name: label.name })}>
        <StoredThumbnail label={label} />
      </Link>
      <div className="label-card-words">
        <span className="row">
          <Link to={to} className="label-card-name grow">
            {label.name}
          </Link>
          {may && (
            <Dropdown
              trigger={['click']}
              placement="bottomRight"
              menu={{
                items: [
                  { key: 'open', label: t('labels.design') },
                  { key: 'copy', label: t('labels.copyOf') },
                  { type: 'divider' },
                  last,
                ],
                onClick: ({ key }) => actions[key]?.(),
              }}
            >
              <Button
                type="text"
                size="small"
                aria-label={t('labels.actions', { name: label.name })}
                icon={<Icon name="dots" size={18} />}
              />
            </Dropdown>
          )}
        </span>
        <span className="row">
          <span className="number">
            {label.width_mm} × {label.height_mm} mm
          </span>
          <span className="mono hint">{label.code}</span>
        </span>
        <span className="row">
          {label.version !== null && (
            <Tag tone="green">{t('labels.publishedV', { version: label.version })}</Tag>
          )}
          {(label.draft || label.version === null) && (
            <Tag tone="amber">{t('labels.draftV', { version: (label.version ?? 0) + 1 })}</Tag>
          )}
          {!label.active && <Tag>{t('inactive')}</Tag>}
          <span className="grow" />
          <span className="hint" title={label.updated_at}>
            {label.updated_by} {dayjs(label.updated_at).format('MM-DD HH:mm')}
          </span>
        </span>
      </div>
    </article>
  );
}
