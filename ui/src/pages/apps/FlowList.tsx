import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import type { FormSummary } from '../../forms/calls';
import type { FlowSummary } from '../flowdesigner/calls';
import { flowPage, listFlows, postFlow } from '../flowdesigner/calls';
import { NewDialog } from './NewDialog';

interface FlowListProps {
  app: string;
  forms: readonly FormSummary[];
  /** Whether the reader may draw flows. */
  draws: boolean;
}

/** The flows (流程) of one app, beside its forms. */
export function FlowList({ app, forms, draws }: FlowListProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useQuery({
    queryKey: ['apps', app, 'flows'],
    queryFn: ({ signal }) => listFlows(app, signal),
    enabled: draws,
  });
  if (!draws || forms.length === 0) return null;
  const flows = list.data?.flows ?? [];
  const published = forms.filter((one) => one.version !== null);
  const adding = params.get('flow') === 'new';
  const form = chosen ?? params.get('form') ?? (published.length === 1 ? published[0]?.code : undefined);
  return (
    <section className="app-flows" aria-label={t('apps.flows')}>
      <header>
        <h2>{t('apps.flows')}</h2>
        <span className="hint grow">{t('apps.flowsHow')}</span>
        <Button
          icon={<Icon name="plus" />}
          disabled={published.length === 0}
          onClick={() => setParams({ flow: 'new' }, { replace: true })}
        >
          {t('apps.newFlow.title')}
        </Button>
      </header>
      <ProblemAlert problem={list.error} />
      {list.isSuccess && flows.length === 0 && (
        <p className="muted">{t(published.length === 0 ? 'apps.noFlowForms' : 'apps.noFlows')}</p>
      )}
      <ul className="app-cards">
        {flows.map((one) => (
          <li key={one.code}>
            <FlowCard app={app} flow={one} form={forms.find((each) => each.code === one.form)} />
          </li>
        ))}
      </ul>
      <NewDialog
        open={adding}
        words="apps.newFlow"
        word="flow"
        taken={flows.map((one) => one.code)}
        answered={form !== undefined}
        before={
          <Form.Item layout="vertical" label={t('apps.chooseForm')} htmlFor="new-flow-form" required>
            <Select<string>
              id="new-flow-form"
              {...(form !== undefined && { value: form })}
              options={published.map((one) => ({ value: one.code, label: one.name }))}
              onChange={setChosen}
            />
          </Form.Item>
        }
        save={async (code, name) => {
          const made = await postFlow(app, { code, name, form: form ?? '' });
          await queries.invalidateQueries({ queryKey: ['apps', app, 'flows'] });
          await navigate(flowPage(app, made.code));
        }}
        onClose={() => {
          setChosen(null);
          if (window.location.search.includes('flow=new')) setParams({}, { replace: true });
        }}
      />
    </section>
  );
}

interface FlowCardProps {
  app: string;
  flow: FlowSummary;
  form: FormSummary | undefined;
}

function FlowCard({ app, flow, form }: FlowCardProps) {
  const { t } = useTranslation();
  const page = flowPage(app, flow.code);
  return (
    <article className="card form-card">
      <Link className="form-card-main" to={page}>
        <b>{flow.name}</b>
        <span className="hint">{t('apps.flowOf', { form: form?.name ?? flow.form })}</span>
        <span className="form-card-state">
          {flow.version === null ? (
            <Tag tone="amber">{t('apps.unpublished')}</Tag>
          ) : (
            <Tag tone="ink">{t('apps.published', { version: flow.version })}</Tag>
          )}
          {flow.draft && flow.version !== null && <Tag>{t('apps.draft')}</Tag>}
        </span>
        <span className="hint">
          {t('apps.updated', { at: dayjs(flow.updated_at).format('YYYY-MM-DD HH:mm') })}
        </span>
      </Link>
      <footer>
        <Link to={page} className="form-card-design">
          <Icon name="branch" size={16} /> {t('apps.designFlow')}
        </Link>
      </footer>
    </article>
  );
}
