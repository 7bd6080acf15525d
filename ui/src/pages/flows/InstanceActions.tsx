import { useMutation } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import { Icon } from '../../components/Icon';
import type { InstanceInfo, Saying } from '../../flows/api';
import { actOnInstance } from '../../flows/api';
import { useFlowKinds, useRefreshFlows } from '../../flows/queries';
import { AskInstance } from './AskInstance';

/** In the bar; the others stand under 更多. */
const OPEN = new Set(['withdraw', 'remind', 'retry']);
const DANGER = new Set(['end', 'jump']);
const AT_ONCE = new Set(['remind', 'retry']);

/** What whoever started a flow, or manages flows, can do with it. */
export function InstanceActions({ instance }: { instance: InstanceInfo }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const kinds = useFlowKinds();
  const refresh = useRefreshFlows();
  const [asking, setAsking] = useState<string | null>(null);
  const acting = useMutation({
    mutationFn: ({ kind, saying }: { kind: string; saying: Saying }) =>
      actOnInstance(instance.id, kind, saying, newClientKey()),
    onSuccess: async (_done, { kind }) => {
      setAsking(null);
      const own: Partial<Record<string, string>> = {
        remind: 'flows.act.reminded',
        retry: 'flows.act.retried',
      };
      const words = own[kind];
      void message.success(words === undefined ? t('flows.act.done', { action: titleOf(kind) }) : t(words));
      await refresh();
    },
    onError: (error, { kind }) => {
      if (AT_ONCE.has(kind)) void message.error(error.message);
    },
  });
  const titleOf = (kind: string) => t(`flows.acts.${kind}`, { defaultValue: kinds.action(kind) });
  const begin = (kind: string) => {
    acting.reset();
    if (AT_ONCE.has(kind)) acting.mutate({ kind, saying: {} });
    else setAsking(kind);
  };
  const [shown, hidden] = [
    instance.may.filter((one) => OPEN.has(one)),
    instance.may.filter((one) => !OPEN.has(one)),
  ];
  return (
    <>
      {shown.map((one) => (
        <Button
          key={one}
          loading={acting.isPending && acting.variables.kind === one}
          onClick={() => begin(one)}
        >
          {titleOf(one)}
        </Button>
      ))}
      {hidden.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: hidden.map((one) => ({ key: one, label: titleOf(one), danger: DANGER.has(one) })),
            onClick: ({ key }) => begin(key),
          }}
        >
          <Button icon={<Icon name="dots" size={16} />} aria-label={t('more')}>
            {t('more')}
          </Button>
        </Dropdown>
      )}
      {asking !== null && (
        <AskInstance
          kind={asking}
          title={titleOf(asking)}
          instance={instance}
          busy={acting.isPending}
          problem={acting.error}
          onClose={() => setAsking(null)}
          onSend={(saying) => acting.mutate({ kind: asking, saying })}
        />
      )}
    </>
  );
}
