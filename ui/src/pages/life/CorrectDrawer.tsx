import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Drawer, Form, Input, Radio, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import { http } from '../../api/http';
import type { ItemDetail, LifeEvent } from '../../api/items';
import { postOperation } from '../../api/operations';
import { problemOf } from '../../api/problem';
import type { Answer } from '../../api/whole';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import { thingOf } from '../scan/judge';
import { standingAfter } from './story';

interface CorrectDrawerProps {
  item: ItemDetail;
  /** The event to take back; null is closed. */
  event: LifeEvent | null;
  events: LifeEvent[];
  onClose: () => void;
}

/** Take an event back (红冲): shows first what came later and stands in the way. */
export function CorrectDrawer({ item, event, events, onClose }: CorrectDrawerProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  return (
    <Drawer
      open={event !== null}
      onClose={onClose}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '90%' : 480}
      title={t('life.correct.title')}
      destroyOnHidden
    >
      {event && <CorrectForm item={item} event={event} events={events} onDone={onClose} />}
    </Drawer>
  );
}

type FormProps = Pick<CorrectDrawerProps, 'item' | 'events'> & { event: LifeEvent; onDone: () => void };

function CorrectForm({ item, event, events, onDone }: FormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [whole, setWhole] = useState(false);
  const [chain, setChain] = useState(false);
  const [reason, setReason] = useState('');
  const [key] = useState(newClientKey);
  const [attempt, setAttempt] = useState(0);
  const chainOf = useQuery({
    queryKey: ['life', 'chain', event.event],
    queryFn: ({ signal }) => http.get<Answer<'ChainOut'>>(`/events/${event.event}/later`, undefined, signal),
    enabled: whole,
    staleTime: 0,
  });
  const own = standingAfter(events, event).map((one) => ({ ...one, items: [item.code], more: 0 }));
  const later = whole ? (chainOf.data?.later ?? []) : own;
  const itself = whole ? chainOf.data?.itself : undefined;
  const [typed, setTyped] = useState('');
  // What takes others' work back as well asks for more than a click.
  const word = t('life.correct.word');
  const needsWord = later.length > 0 || (itself?.more ?? 0) + (itself?.items.length ?? 1) > 1;
  const correct = useMutation({
    mutationFn: () =>
      postOperation('correct', {
        items: whole ? [] : [thingOf(item).ref],
        data: { event: event.event, reason: reason.trim(), chain },
        client_key: `${key}-${attempt}-${whole ? 'all' : 'one'}-${chain ? 'chain' : 'single'}`,
      }),
    onSuccess: async (outcome) => {
      await queries.invalidateQueries({ queryKey: ['life'] });
      void message.success(t('life.correct.done', { count: outcome.accepted }));
      // What had been reserved is reserved again, or it is said why not.
      for (const one of outcome.remarks) {
        const back = one.code === 'reserve_back';
        void message[back ? 'info' : 'warning'](
          back ? one.message : `${one.message}。${one.advice}`,
          back ? 4 : 12,
        );
      }
      onDone();
    },
    onError: (error) => {
      // After a lost answer the same request is sent again; after a refusal it is another one.
      if (problemOf(error).status !== 0) setAttempt(attempt + 1);
    },
  });
  return (
    <div className="stack">
      <p className="correct-what">
        <b>{t(`operation.${event.operation}`, { defaultValue: event.operation })}</b>{' '}
        <span className="mono">{dayjs(event.occurred_at).format('YYYY-MM-DD HH:mm')}</span>
        {event.document !== null && <span className="mono"> {event.document}</span>}
      </p>
      <p className="muted">{t('life.correct.how')}</p>
      <Radio.Group
        value={whole}
        onChange={(change) => setWhole(change.target.value as boolean)}
        options={[
          { value: false, label: t('life.correct.one') },
          { value: true, label: t('life.correct.whole') },
        ]}
      />
      {whole && chainOf.isFetching && <Skeleton active title={false} />}
      {whole && <ProblemAlert problem={chainOf.error} />}
      {whole && chainOf.data !== undefined && !chainOf.data.possible && (
        <ProblemAlert
          problem={{
            title: t('life.correct.impossible'),
            status: 409,
            code: 'operation_refused',
            errors: chainOf.data.refused,
          }}
        />
      )}
      {itself != null && (
        <p className="muted">
          {t('life.correct.pieces', {
            count: itself.items.length + itself.more,
            first: itself.items[0] ?? '',
          })}
        </p>
      )}
      {later.length > 0 && (
        <section className="correct-later" aria-label={t('life.correct.later', { count: later.length })}>
          <h3>{t('life.correct.later', { count: later.length })}</h3>
          <ol>
            {later.map((one) => (
              <li key={one.event}>
                <span className="mono">{dayjs(one.occurred_at).format('MM-DD HH:mm')}</span>
                <b>{t(`operation.${one.operation}`, { defaultValue: one.operation })}</b>
                <span className="mono">{one.document ?? t('life.event', { event: one.event })}</span>
                {whole && (
                  <span className="hint">
                    {t('life.correct.pieces', {
                      count: one.items.length + one.more,
                      first: one.items[0] ?? '',
                    })}
                  </span>
                )}
              </li>
            ))}
          </ol>
          <Checkbox checked={chain} onChange={(change) => setChain(change.target.checked)}>
            {t('life.correct.chain', { count: later.length })}
          </Checkbox>
        </section>
      )}
      <Form.Item label={t('life.correct.reason')} layout="vertical">
        <Input
          value={reason}
          maxLength={400}
          placeholder={t('life.correct.reasonExample')}
          onChange={(change) => setReason(change.target.value)}
        />
      </Form.Item>
      {needsWord && (
        <Form.Item label={t('life.correct.type', { word })} layout="vertical">
          <Input value={typed} aria-label={word} onChange={(change) => setTyped(change.target.value)} />
        </Form.Item>
      )}
      <ProblemAlert problem={correct.error} />
      <Button
        danger
        type="primary"
        size="large"
        block
        disabled={
          (later.length > 0 && !chain) ||
          reason.trim() === '' ||
          (needsWord && typed.trim() !== word) ||
          (whole && chainOf.data?.possible !== true)
        }
        loading={correct.isPending}
        onClick={() => correct.mutate()}
      >
        {later.length > 0 && chain
          ? t('life.correct.goChain', { count: later.length + 1 })
          : t('life.correct.go')}
      </Button>
    </div>
  );
}
