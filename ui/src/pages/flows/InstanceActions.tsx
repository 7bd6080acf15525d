import { useMutation } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { FlowSaying, InstanceInfo, TaskAction } from '../../flows/api';
import { actOnInstance } from '../../flows/api';
import { useRefreshFlows } from '../../flows/queries';
import { useSameKey } from '../../flows/sameKey';
import { AskInstance } from './AskInstance';

/** In the bar; the others stand under 更多. */
const OPEN = new Set(['withdraw', 'remind', 'retry']);
const AT_ONCE = new Set(['remind', 'retry']);

/** What whoever started a flow, or manages flows, can do with it. */
export function InstanceActions({ instance }: { instance: InstanceInfo }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const refresh = useRefreshFlows();
  const [asking, setAsking] = useState<TaskAction | null>(null);
  const key = useSameKey();
  const acting = useMutation({
    mutationFn: ({ kind, saying }: { kind: string; saying: FlowSaying }) =>
      actOnInstance(instance.id, kind, saying, key.of(kind, saying)),
    onSuccess: async (_done, { kind }) => {
      key.done();
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
  const titleOf = (kind: string) => instance.may.find((one) => one.name === kind)?.title ?? kind;
  const begin = (action: TaskAction) => {
    acting.reset();
    if (AT_ONCE.has(action.name)) acting.mutate({ kind: action.name, saying: {} });
    else setAsking(action);
  };
  const [shown, hidden] = [
    instance.may.filter((one) => OPEN.has(one.name)),
    instance.may.filter((one) => !OPEN.has(one.name)),
  ];
  return (
    <>
      {shown.map((one) => (
        <Button
          key={one.name}
          loading={acting.isPending && acting.variables.kind === one.name}
          onClick={() => begin(one)}
        >
          {one.title}
        </Button>
      ))}
      {hidden.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: hidden.map((one) => ({ key: one.name, label: one.title, danger: one.danger })),
            onClick: ({ key }) => {
              const action = hidden.find((one) => one.name === key);
              if (action !== undefined) begin(action);
            },
          }}
        >
          <Button icon={<Icon name="dots" size={16} />} aria-label={t('more')}>
            {t('more')}
          </Button>
        </Dropdown>
      )}
      {asking !== null && (
        <AskInstance
          action={asking}
          instance={instance}
          busy={acting.isPending}
          problem={acting.error}
          onClose={() => setAsking(null)}
          onSend={(saying) => acting.mutate({ kind: asking.name, saying })}
        />
      )}
    </>
  );
}
