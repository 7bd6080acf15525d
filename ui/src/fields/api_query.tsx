import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { ProblemAlert } from '../components/ProblemAlert';
import type { InputProps } from '../forms/control';
import { useEntryAround } from '../forms/entry';
import { asText, isEmpty } from '../forms/model';
import { askQuery } from '../pages/scanlists/bindingCalls';

export const shape = 'layout';

/** A button that asks another system through the server and fills fields (API 查询). */
export function Input({ field, id }: InputProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const around = useEntryAround();
  const asking = useMutation({
    mutationFn: async () => {
      if (around === null) return 0;
      const found = Object.entries(await askQuery(around.app, around.form, field.id, around.values));
      const filled = found.filter(([, value]) => !isEmpty(value));
      for (const [code, value] of filled) around.change?.(code, value);
      return filled.length;
    },
    onSuccess: (count) => {
      if (count > 0) void message.success(t('scanlists.api.done', { count }));
      else void message.info(t('scanlists.api.nothing'));
    },
  });
  // What is only read is not filled.
  if (around !== null && around.change === null) return null;
  return (
    <div className="list-station">
      <Button
        id={id}
        icon={<Icon name="search" size={16} />}
        disabled={around === null}
        loading={asking.isPending}
        onClick={() => asking.mutate()}
      >
        {asText(field.options?.['text'])}
      </Button>
      {asking.isError && <ProblemAlert problem={asking.error} />}
    </div>
  );
}

export function Show() {
  return null;
}
