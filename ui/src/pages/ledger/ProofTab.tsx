import { useMutation } from '@tanstack/react-query';
import { App, Button, QRCode, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { ItemDetail, LifeEvent } from '../../api/items';
import { problemOf } from '../../api/problem';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Seal } from '../../components/Seal';
import { palettes } from '../../theme';
import { fetchEvidence, fetchProof, fetchVerifier, useSeals, useVerified } from './calls';
import { FaultList } from './FaultList';
import './ledger.css';

interface ProofTabProps {
  item: ItemDetail;
  events: LifeEvent[];
  product: string;
}

/** The proof of one item as a page to print: what is proven, by which seal, and how anybody checks it. */
export function ProofTab({ item, events, product }: ProofTabProps) {
  const { t } = useTranslation();
  const verified = useVerified(item.code);
  const seals = useSeals();
  const { message } = App.useApp();
  const evidence = useMutation({
    mutationFn: () => fetchEvidence(item.code),
    onError: (error) => void message.error(problemOf(error).detail ?? problemOf(error).title),
  });
  if (verified.isPending) return <Skeleton active className="card life-wait" />;
  if (verified.isError) {
    return <ProblemAlert problem={verified.error} onRetry={() => void verified.refetch()} />;
  }
  const found = verified.data;
  const clean = found.faults.length === 0;
  return (
    <article className="card proof" aria-label={t('ledger.proof')}>
      <header className="proof-head">
        <Seal size={64} />
        <div className="grow">
          <h2>{t('ledger.proofTitle')}</h2>
          <p>
            <Code value={item.code} size="large" />
          </p>
          <p className="muted">{product}</p>
        </div>
        {found.qr !== null && (
          <QRCode
            className="proof-qr"
            value={found.qr}
            type="svg"
            size={132}
            color={palettes.light.text}
            bgColor={palettes.light.card}
            aria-label={t('ledger.proofQr')}
          />
        )}
      </header>
      <p className={clean ? 'ledger-verdict ledger-good' : 'ledger-verdict ledger-bad'} role="status">
        <Icon name={clean ? 'check' : 'warning'} size={22} />
        {clean
          ? t('ledger.itemHolds', { rows: found.rows, blocks: found.blocks })
          : t('ledger.itemBroken', { count: found.faults.length })}
      </p>
      <FaultList faults={found.faults} count={found.faults.length} />
      <dl className="proof-facts">
        <Fact title={t('ledger.fact.events')}>{events.length}</Fact>
        <Fact title={t('ledger.fact.rows')}>{found.rows}</Fact>
        {found.waiting > 0 && <Fact title={t('ledger.waiting')}>{found.waiting}</Fact>}
        {found.head !== null && (
          <>
            <Fact title={t('ledger.fact.block')}>{found.head.number}</Fact>
            <Fact title={t('ledger.sealedWhen')}>
              {dayjs(found.head.sealed).format('YYYY-MM-DD HH:mm:ss')}
            </Fact>
            <Fact title={t('ledger.root')}>{found.head.log_root}</Fact>
            <Fact title={t('ledger.hash')}>{found.head.hash}</Fact>
            <Fact title={t('ledger.fact.signature')}>{found.head.signature}</Fact>
          </>
        )}
        {seals.data?.keys.map((key) => (
          <Fact key={key.key} title={t('ledger.keys')}>
            {key.fingerprint}
          </Fact>
        ))}
        <Fact title={t('ledger.fact.checked')}>
          {dayjs(verified.dataUpdatedAt).format('YYYY-MM-DD HH:mm:ss')}
        </Fact>
      </dl>
      <p className="muted">{t('ledger.proofHow')}</p>
      <pre className="proof-command mono">
        python3 verify_proof.py proof-{item.code.replaceAll(/[^A-Za-z0-9]/g, '-')}.json
      </pre>
      <p className="muted">{t('ledger.evidenceHow')}</p>
      <div className="row proof-actions">
        <Button
          type="primary"
          icon={<Icon name="pages" size={16} />}
          loading={evidence.isPending}
          title={t('ledger.evidenceHow')}
          onClick={() => evidence.mutate()}
        >
          {t('ledger.evidence')}
        </Button>
        <Button icon={<Icon name="export" size={16} />} onClick={() => void fetchProof(item.code)}>
          {t('ledger.exportProof')}
        </Button>
        <Button onClick={() => void fetchVerifier()}>{t('ledger.verifier')}</Button>
        <Button
          icon={<Icon name="shield" size={16} />}
          loading={verified.isFetching}
          onClick={() => void verified.refetch()}
        >
          {t('ledger.verifyItem')}
        </Button>
        <Button icon={<Icon name="print" size={16} />} onClick={() => window.print()}>
          {t('ledger.print')}
        </Button>
      </div>
    </article>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd className="mono">{children}</dd>
    </div>
  );
}
