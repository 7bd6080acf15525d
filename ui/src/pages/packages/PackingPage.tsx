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
import { useScans } from '../../scan/ScanContext';
import { postEmpty, postPack, postUnpack, useContents } from './calls';
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
  const contents = useContents(box.code);
  const things = contents.data?.things ?? [];
  const refresh = () => queries.invalidateQueries({ queryKey: ['life'] });

  const check = async (code: string): Promise<Told> => {
    const direct = things.find((one) => one.code === code);
    const found = direct?.code ?? (await getItem(code, undefined)).code;
    if (!things.some((one) => one.code === found))
      return { wrong: t('packages.notInside', { box: box.code }) };
    if (checked.has(found)) return { again: t('packages.checkedBefore') };
    setChecked(new Set([...checked, found]));
    return t('packages.checkedNow', { count: checked.size + 1, total: things.length });
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
          <Link to={`/items/${encodeURIComponent(box.code)}`}>
            <Button icon={<Icon name="history" size={16} />}>{t('life.title')}</Button>
          </Link>
          {may('operation.unpack') && things.length > 0 && (
            <Button
              loading={empty.isPending}
              onClick={() =>
                void modal.confirm({
                  title: t('packages.emptyTitle', { count: things.length }),
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
              {mode === 'check' ? `${checked.size}/${things.length}` : things.length}
            </b>
            <span className="muted">
              {mode === 'check'
                ? checked.size === things.length && things.length > 0
                  ? t('packages.allThere')
                  : t('packages.missing', { count: things.length - checked.size })
                : t('packages.inBox')}
            </span>
          </p>
          <AnswerList rows={rows.slice(1, 12)} label={t('packages.scans')} />
        </section>
        <ContentsCard box={box.code} contents={contents} checked={mode === 'check' ? checked : null} />
      </div>
    </Page>
  );
}
