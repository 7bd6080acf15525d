import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Modal, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { http } from '../../../api/http';
import { Code } from '../../../components/Code';
import { ProblemAlert } from '../../../components/ProblemAlert';
import { keysOf } from '../../../flowdesigner/triggers';
import { flowPath, getFlow } from '../calls';
import { useDesk } from '../desk';
import { objectsOf } from './useOption';

/** The secret address of a webhook: made once the flow with it is in force, and told this once. */
export function HookAddress({ trigger }: { trigger: string }) {
  const { t } = useTranslation();
  const { app, flow } = useDesk();
  const inForce = useQuery({
    queryKey: ['apps', app, 'flow in force', flow],
    queryFn: ({ signal }) => getFlow(app, flow, signal),
  });
  const making = useMutation({
    mutationFn: () =>
      http.post<{ path: string }>(`${flowPath(app, flow)}/hooks/${encodeURIComponent(trigger)}/token`),
  });
  const triggers = objectsOf(inForce.data?.tree?.options['triggers']);
  const ready = keysOf(triggers).some((key, at) => key === trigger && triggers[at]?.['kind'] === 'webhook');
  return (
    <div className="fw-hook">
      <ProblemAlert problem={inForce.error ?? making.error} />
      <Popconfirm
        title={t('flowdesigner.hook.sure')}
        okText={t('flowdesigner.hook.make')}
        cancelText={t('cancel')}
        disabled={!ready}
        onConfirm={() => making.mutate()}
      >
        <Button size="small" disabled={!ready} loading={making.isPending}>
          {t('flowdesigner.hook.make')}
        </Button>
      </Popconfirm>
      <p className="hint">{t(ready ? 'flowdesigner.hook.how' : 'flowdesigner.hook.publishFirst')}</p>
      <Modal
        open={making.isSuccess}
        title={t('flowdesigner.hook.title')}
        onCancel={() => making.reset()}
        footer={
          <Button type="primary" onClick={() => making.reset()}>
            {t('flowdesigner.hook.noted')}
          </Button>
        }
      >
        <div className="stack">
          <Code
            value={making.data === undefined ? '' : `${window.location.origin}${making.data.path}`}
            diffFrom=""
          />
          <p className="muted">{t('flowdesigner.hook.once')}</p>
        </div>
      </Modal>
    </div>
  );
}
