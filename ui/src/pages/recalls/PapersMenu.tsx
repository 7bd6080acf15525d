import { useMutation } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { Icon } from '../../components/Icon';
import type { Recall } from './calls';
import { fetchLetters, fetchReport } from './calls';

/** The papers of a recall: the report, and the letters to those who have pieces. */
export function PapersMenu({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const fetch = useMutation({
    mutationFn: (what: string) => (what === 'report' ? fetchReport(recall.id) : fetchLetters(recall.id)),
    onError: (error) => void message.error(problemOf(error).title),
  });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'report', label: t('recalls.report') },
          {
            key: 'letters',
            label: t('recalls.letters', { count: recall.partners }),
            disabled: recall.partners === 0,
          },
        ],
        onClick: ({ key }) => fetch.mutate(key),
      }}
    >
      <Button icon={<Icon name="print" size={16} />} loading={fetch.isPending}>
        {t('recalls.papers')}
      </Button>
    </Dropdown>
  );
}
