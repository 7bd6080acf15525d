import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { Icon } from '../../components/Icon';
import { Seal } from '../../components/Seal';
import { Tag } from '../../components/Tags';
import { ends, fetchProof, useVerified } from './calls';
import { FaultList } from './FaultList';
import './ledger.css';

/** Whether the history of this item is sealed and unaltered; verify it again, take its proof along. */
export function SealCard({ code }: { code: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const verified = useVerified(code);
  const proof = useMutation({
    mutationFn: () => fetchProof(code),
    onError: (error) => void message.error(problemOf(error).detail ?? problemOf(error).title),
  });
  const found = verified.data;
  if (found === undefined) return null;
  const clean = found.faults.length === 0;
  return (
    <section className="card" aria-label={t('ledger.sealed')}>
      <div className="seal-card">
        <Seal size={44} />
        <div className="grow">
          <h2>{t(clean ? 'ledger.sealed' : 'ledger.broken')}</h2>
          <p className="hint">
            {found.head !== null && t('ledger.inBlock', { block: found.head.number, rows: found.rows })}
            {found.waiting > 0 && ` · ${t('ledger.rowsWaiting', { count: found.waiting })}`}
          </p>
        </div>
        <Tag tone={clean ? 'green' : 'red'}>{t(clean ? 'ledger.passed' : 'ledger.failed')}</Tag>
      </div>
      {found.head !== null && (
        <p className="seal-root">
          <span className="hint">{t('ledger.rootWord')}</span>{' '}
          <span className="mono" title={found.head.log_root}>
            {ends(found.head.log_root)}
          </span>
          <span className="grow" />
          <span className="hint">
            {t('ledger.checkedAt', { at: dayjs(verified.dataUpdatedAt).format('HH:mm') })}
          </span>
        </p>
      )}
      <FaultList faults={found.faults} count={found.faults.length} />
      <div className="seal-buttons">
        <Button
          icon={<Icon name="shield" size={16} />}
          loading={verified.isFetching}
          onClick={() => void verified.refetch()}
        >
          {t('ledger.verifyItem')}
        </Button>
        <Button
          icon={<Icon name="export" size={16} />}
          loading={proof.isPending}
          onClick={() => proof.mutate()}
        >
          {t('ledger.exportProof')}
        </Button>
      </div>
    </section>
  );
}
