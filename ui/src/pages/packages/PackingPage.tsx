import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ItemDetail } from '../../api/items';
import { getItem } from '../../api/items';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { ItemState } from '../../components/ItemState';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Told } from '../../components/ScanAnswers';
import { AnswerBanner, AnswerList, useAnswers } from '../../components/ScanAnswers';
import { ScanBox } from '../../components/ScanBox';
import { Tag } from '../../components/Tags';
import { PrintButton } from '../../printing/PrintButton';
import { useScans } from '../../scan/ScanContext';
import { postCheck, postEmpty, postPack, postUnpack, useBox } from './calls';
import { ContentsCard } from './ContentsCard';
import './packages.css';

type Mode = 'pack' | 'repack' | 'unpack' | 'check';

/** One package: scan pieces into it, out of it, or check that what is in it is what should be. */
export function PackingPage() {
  const { code = '' } = useParams();
  const { t } = useTranslation();
  const box = useQuery({
    queryKey: ['life', code, '', 'item'],
    queryFn: ({ signal }) => getItem(code, undefined, signal),
  });
  if (box.isPending) return <Skeleton active className="page" />;
  if (box.isError || box.data.kind !== 'package') {
    return (
      <Page title={t('packages.one')} name={code}>
        {box.isError ? (
          <ProblemAlert problem={box.error} onRetry={() => void box.refetch()} />
        ) : (
          <ProblemAlert
            problem={{ title: t('packages.notABox', { code }), status: 422, code: 'not_a_package' }}
          />
        )}
        <p className="packages-back">
          <Link to="/packages">{t('packages.another')}</Link>
        </p>
      </Page>
    );
  }
  return <Packing key={box.data.code} box={box.data} />;
}

function Packing({ box }: { box: ItemDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const { message, modal } = App.useApp();
  const modes = (['pack', 'repack', 'unpack', 'check'] as const).filter(
    (mode) => mode === 'check' || may(mode === 'repack' ? 'operation.pack' : `operation.${mode}`),
  );
  const [mode, setMode] = useState<Mode>(modes[0] ?? 'check');
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const contents = useBox(box.code);
  const inside = contents.data;
  const count = inside?.count ?? 0;
  const expected = inside?.pieces ?? 0;
  const refresh = () => queries.invalidateQueries({ queryKey: ['life'] });

  const check = async (code: string): Promise<Told> => {
    const codes = [...checked, code];
    const result = await postCheck(box.code, codes);
    const stranger = result.foreign.find((one) => one.code === code);
    if (stranger !== undefined) {
      return {
        wrong:
          stranger.inside === null
            ? t('packages.notInside', { box: box.code })
            : t('packages.insideOther', { box: stranger.inside }),
      };
    }
    if (result.unknown.includes(code)) return { wrong: t('packages.unknown') };
    if (checked.has(code)) return { again: t('packages.checkedBefore') };
    setChecked(new Set(codes));
    return t('packages.checkedNow', { count: result.matched, total: result.expected });
  };
  const send = async (code: string): Promise<Told> => {
    if (mode === 'check') return check(code);
    if (mode === 'unpack') await postUnpack([code]);
    else await postPack(box.code, code, mode === 'repack');
    await refresh();
    return t(mode === 'unpack' ? 'packages.taken' : 'packages.packed', { box: box.code });
  };
  const { rows, take } = useAnswers(send);
  useScans((raw) => void take(raw));
  const empty = useMutation({
    mutationFn: () => postEmpty(box.code),
    onSuccess: async () => {
      await refresh();
      void message.success(t('packages.emptied'));
    },
  });
  return (
    <Page
      title={
        <span className="row">
          <Icon name="package" size={24} /> <Code value={box.code} size="large" />
          {box.state !== null && <ItemState state={box.state} />}
        </span>
      }
      name={box.code}
      beside={
        box.parent === null ? (
          <span className="mono">{box.place}</span>
        ) : (
          <>
            {t('packages.inside')}{' '}
            <Link to={`/packages/${encodeURIComponent(box.parent)}`}>{box.parent}</Link>
          </>
        )
      }
      actions={
        <>
          <PrintButton codes={[box.code]} />
          <Link to={`/items/${encodeURIComponent(box.code)}`}>
            <Button icon={<Icon name="history" size={16} />}>{t('life.title')}</Button>
          </Link>
          {may('operation.unpack') && count > 0 && (
            <Button
              loading={empty.isPending}
              onClick={() =>
                void modal.confirm({
                  title: t('packages.emptyTitle', { count: inside?.pieces ?? 0 }),
                  okText: t('packages.empty'),
                  cancelText: t('cancel'),
                  onOk: () => empty.mutateAsync().catch(() => undefined),
                })
              }
            >
              {t('packages.empty')}
            </Button>
          )}
        </>
      }
    >
      <ProblemAlert problem={empty.error} />
      <div className="packing">
        <section className="card packing-desk" aria-label={t('packages.desk')}>
          <Segmented<Mode>
            block
            value={mode}
            onChange={(next) => {
              setMode(next);
              setChecked(new Set());
            }}
            options={modes.map((one) => ({ value: one, label: t(`packages.mode.${one}`) }))}
          />
          <ScanBox
            size="big"
            autoFocus
            placeholder={t('packages.scanPiece')}
            onScan={(raw) => void take(raw)}
          />
          <AnswerBanner row={rows[0]} hint={t(`packages.hint.${mode}`)} />
          <p className="packing-count">
            <b className="number" data-testid="box-count">
              {mode === 'check' ? checked.size : count}
              {mode === 'check' ? `/${expected}` : inside?.capacity != null && `/${inside.capacity}`}
            </b>
            <span className="muted">
              {mode === 'check'
                ? checked.size === expected && expected > 0
                  ? t('packages.allThere')
                  : t('packages.missing', { count: expected - checked.size })
                : t('packages.inBox')}
            </span>
            {inside?.type != null && <Tag tone="ink">{inside.type.name}</Tag>}
            {inside?.full === true && <Tag tone="green">{t('packages.full')}</Tag>}
            {inside?.tail === true && count > 0 && <Tag tone="amber">{t('packages.tail')}</Tag>}
            {inside?.mixed === true && <Tag tone="violet">{t('packages.mixed')}</Tag>}
          </p>
          <AnswerList rows={rows.slice(1, 12)} label={t('packages.scans')} />
        </section>
        <ContentsCard box={box.code} contents={contents} checked={mode === 'check' ? checked : null} />
      </div>
    </Page>
  );
}
