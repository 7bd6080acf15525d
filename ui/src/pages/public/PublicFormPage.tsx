import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { newClientKey } from '../../api/clientKey';
import { problemOf } from '../../api/problem';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { fieldsOf } from '../../forms/controls';
import { FaultSummary } from '../../forms/FaultSummary';
import '../../forms/fields.css';
import { LiveEntryProvider } from '../../forms/LiveEntry';
import type { FormField } from '../../forms/model';
import { begun } from '../../forms/model';
import { RecordFields } from '../../forms/RecordFields';
import { useEntry } from '../../forms/useEntry';
import { setLanguage } from '../../i18n';
import type { PublicForm } from './calls';
import { getPublicForm, getPublicOptions, postPublicRecord } from './calls';
import type { Offered } from './lookups';
import { coded, drawn } from './lookups';
import './public.css';

/** A form that anybody with its link fills in; phone first, without signing in. */
export function PublicFormPage() {
  const { t, i18n } = useTranslation();
  const { token = '' } = useParams();
  const [thanks, setThanks] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const found = useQuery({
    queryKey: ['public', token, round],
    queryFn: ({ signal }) => getPublicForm(token, signal),
    retry: false,
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
  const title = found.data?.title ?? t('public.title');
  useEffect(() => {
    document.title = title;
  }, [title]);
  const english = i18n.language === 'en';
  return (
    <div className="public">
      <main className="public-page">
        <h1>{title}</h1>
        {found.isPending && <Spin className="table-wait" />}
        {found.isError && (
          <div className="public-closed">
            <Icon name="lock" size={40} />
            <ProblemAlert problem={found.error} />
          </div>
        )}
        {thanks !== null ? (
          <section className="public-thanks" aria-live="polite">
            <span className="public-sign">
              <Icon name="check" size={40} />
            </span>
            <h2>{t('public.sent')}</h2>
            <p>{thanks === '' ? t('public.thanks') : thanks}</p>
            <Button
              size="large"
              onClick={() => {
                setThanks(null);
                setRound(round + 1);
              }}
            >
              {t('public.another')}
            </Button>
          </section>
        ) : (
          found.data && (
            <Prepared
              key={round}
              token={token}
              form={found.data}
              onSent={setThanks}
              onStale={() => void found.refetch()}
            />
          )
        )}
      </main>
      <footer className="public-foot">
        <span>{t('public.by')}</span>
        <Button
          type="text"
          size="small"
          icon={<Icon name="globe" size={16} />}
          onClick={() => void setLanguage(english ? 'zh-CN' : 'en')}
        >
          {english ? '简体中文' : 'English'}
        </Button>
      </footer>
    </div>
  );
}

interface PreparedProps {
  token: string;
  form: PublicForm;
  onSent: (thanks: string) => void;
  /** The form was opened too long ago, or a moment ago. */
  onStale: () => void;
}

/** The form once what it offers for looking up is known. */
function Prepared({ token, form, ...rest }: PreparedProps) {
  const queries = useQueryClient();
  const kinds = useMemo(() => new Map(form.kinds.map((one) => [one.name, one])), [form.kinds]);
  // Whoever fills in is not signed in: the controls are told of the kinds here.
  const [told, setTold] = useState(false);
  useEffect(() => {
    queries.setQueryData(['form-kinds', 'map'], kinds);
    setTold(true);
  }, [queries, kinds]);
  const asked = useQueries({
    queries: form.lookups.map((field) => ({
      queryKey: ['public', token, 'options', field],
      queryFn: ({ signal }: { signal: AbortSignal }) => getPublicOptions(token, field, signal),
      retry: false,
      staleTime: Infinity,
    })),
  });
  const waiting = asked.some((one) => one.isPending);
  const offered: Offered = Object.fromEntries(
    form.lookups.map((field, at) => [field, asked[at]?.data?.options ?? []]),
  );
  if (!told || waiting) return <Spin className="table-wait" />;
  return (
    <Entry
      token={token}
      form={form}
      fields={drawn(form.fields, kinds, offered)}
      offered={offered}
      {...rest}
    />
  );
}

interface EntryProps extends PreparedProps {
  fields: FormField[];
  offered: Offered;
}

function Entry({ token, form, fields, offered, onSent, onStale }: EntryProps) {
  const { t } = useTranslation();
  const kinds = useMemo(() => new Map(form.kinds.map((one) => [one.name, one])), [form.kinds]);
  // What is drawn stays the same while somebody types, or every key would begin anew.
  const [ruled] = useState(() => ({ fields, rules: [], trees: {} }));
  const flat = fieldsOf(ruled.fields, kinds);
  const [first] = useState(() => begun(flat));
  const entry = useEntry(ruled, first, { fresh: true });
  const [key, setKey] = useState(newClientKey);
  const [website, setWebsite] = useState('');
  const sending = useMutation({
    mutationFn: () =>
      postPublicRecord(token, {
        values: coded(entry.body, form.fields, offered),
        ticket: form.ticket,
        client_key: key,
        website,
      }),
    onSuccess: (answer) => onSent(answer.thanks),
    onError: (error) => {
      entry.refused(error);
      if (problemOf(error).code === 'link_too_soon') onStale();
    },
  });
  return (
    <form
      noValidate
      className="public-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending.isPending && entry.ready()) sending.mutate();
      }}
    >
      <FaultSummary faults={entry.faults} prefix="public" onReveal={entry.show} />
      <LiveEntryProvider value={entry.live}>
        <RecordFields
          fields={ruled.fields}
          values={entry.values}
          faults={entry.faults.at}
          prefix="public"
          fresh
          onChange={(code, value) => {
            entry.change(code, value);
            setKey(newClientKey());
          }}
        />
      </LiveEntryProvider>
      {/* No person sees this; robots fill in whatever there is. */}
      <div className="public-trap" aria-hidden="true">
        <label>
          Website
          <input
            name="website"
            tabIndex={-1}
            autoComplete="off"
            value={website}
            onChange={(event) => setWebsite(event.target.value)}
          />
        </label>
      </div>
      {sending.isError && entry.faults.list.length === 0 && <ProblemAlert problem={sending.error} />}
      <div className="public-submit">
        <Button type="primary" size="large" block htmlType="submit" loading={sending.isPending}>
          {t('public.submit')}
        </Button>
      </div>
    </form>
  );
}
