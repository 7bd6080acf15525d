import { useMutation } from '@tanstack/react-query';
import { App, Button, Drawer, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import type { Recall } from './calls';
import { fetchLetter, fetchReport } from './calls';

/** The papers of a recall: the report, and a letter to each partner who has pieces. */
export function PapersMenu({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const phone = useIsPhone();
  const [letters, setLetters] = useState(false);
  const fetch = useMutation({
    mutationFn: (partner: string | null) =>
      partner === null ? fetchReport(recall.id) : fetchLetter(recall.id, partner),
    onError: (error) => void message.error(problemOf(error).title),
  });
  return (
    <>
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
          onClick: ({ key }) => (key === 'report' ? fetch.mutate(null) : setLetters(true)),
        }}
      >
        <Button icon={<Icon name="print" size={16} />} loading={fetch.isPending}>
          {t('recalls.papers')}
        </Button>
      </Dropdown>
      <Drawer
        open={letters}
        onClose={() => setLetters(false)}
        placement={phone ? 'bottom' : 'right'}
        size={phone ? '90%' : 480}
        title={t('recalls.lettersTo')}
      >
        <ul className="recall-letters">
          {recall.by_partner.map((one) => (
            <li key={one.partner}>
              <span className="grow">
                <b>{one.name}</b> <span className="mono hint">{one.partner}</span>
                <br />
                <span className="muted">
                  {t('recalls.lettersOf', { count: one.total })} {one.phone}
                </span>
              </span>
              <Button
                icon={<Icon name="print" size={16} />}
                aria-label={t('recalls.letterTo', { name: one.name ?? '' })}
                disabled={one.partner === null}
                onClick={() => fetch.mutate(one.partner)}
              >
                PDF
              </Button>
            </li>
          ))}
        </ul>
      </Drawer>
    </>
  );
}
