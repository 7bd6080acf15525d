import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { ActionBody, Recall } from './calls';
import { postAction } from './calls';
import { ACTIONS, DESTROYING } from './statuses';

interface ActMenuProps {
  recall: Recall;
  /** The pieces that are ticked; none: all that are listed. */
  chosen: string[];
  where: NonNullable<ActionBody['where']>;
  onDone: () => void;
}

/** What may be done about the pieces that are ticked, or about all that are listed, which asks first. */
export function ActMenu({ recall, chosen, where, onDone }: ActMenuProps) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const may = useMay();
  const queries = useQueryClient();
  const all = chosen.length === 0;
  const act = useMutation({
    mutationFn: (kind: string) =>
      postAction(recall.id, {
        kind,
        ...(all ? { where, mode: 'partial' } : { items: chosen }),
        client_key: newClientKey(),
      }),
    onSuccess: async (done, kind) => {
      await queries.invalidateQueries({ queryKey: ['recalls'] });
      const told = { count: done.accepted, act: t(`recalls.act.${kind}`), left: done.refused.length };
      if (done.job !== null) void message.info(t('recalls.actedLater'));
      else if (done.refused.length > 0) void message.warning(t('recalls.actedSome', told));
      else void message.success(t('recalls.acted', told));
      onDone();
    },
  });
  const start = (kind: string) => {
    if (!all && !DESTROYING.has(kind)) {
      act.mutate(kind);
      return;
    }
    const words = { count: chosen.length, act: t(`recalls.act.${kind}`) };
    const destroys = DESTROYING.has(kind);
    void modal.confirm({
      title: t(all ? 'recalls.allTitle' : 'recalls.destroyTitle', words),
      content: t(destroys ? 'recalls.destroyHow' : 'recalls.allHow'),
      okText: words.act,
      okButtonProps: { danger: destroys },
      cancelText: t('cancel'),
      onOk: () => act.mutateAsync(kind).catch(() => undefined),
    });
  };
  const rights: Partial<Record<string, string>> = { hold: 'operation.hold', destroy: 'operation.scrap' };
  const offered = ACTIONS.filter((kind) => kind !== 'notify' && may(rights[kind] ?? 'recalls.manage'));
  return (
    <span className="row recall-chosen">
      <span className="muted">
        {all ? t('recalls.forAll') : t('recalls.chosen', { count: chosen.length })}
      </span>
      <Button
        icon={<Icon name="partner" size={16} />}
        loading={act.isPending}
        onClick={() => start('notify')}
      >
        {t('recalls.act.notify')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: offered.map((kind) => ({
            key: kind,
            label: t(`recalls.act.${kind}`),
            danger: DESTROYING.has(kind),
          })),
          onClick: ({ key }) => start(key),
        }}
      >
        <Button loading={act.isPending}>{t('recalls.register')}</Button>
      </Dropdown>
      <ProblemAlert problem={act.error} />
    </span>
  );
}
