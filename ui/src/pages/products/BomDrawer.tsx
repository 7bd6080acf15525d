import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input, InputNumber, Select, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ProductSelect } from '../../components/pickers';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import type { Bom, BomLine } from './bom';
import { changesOf, getBom, isReady, linesOf, listBomVersions, putBom } from './bom';
import './bom.css';

interface BomDrawerProps {
  product: string;
  open: boolean;
  onClose: () => void;
}

/** The bill of materials of a product: what belongs into it, how much, and what may stand in. */
export function BomDrawer({ product, open, onClose }: BomDrawerProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [version, setVersion] = useState<number | undefined>(undefined);
  const bom = useQuery({
    queryKey: ['products', 'bom', product, version ?? 'latest'],
    queryFn: ({ signal }) => getBom(product, version, signal),
    enabled: open,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const versions = useQuery({
    queryKey: ['products', 'bom', product, 'versions'],
    queryFn: ({ signal }) => listBomVersions(product, signal),
    enabled: open,
    retry: false,
  });
  const none = bom.isError && problemOf(bom.error).code === 'no_bom';
  const latest = versions.data?.versions[0]?.version ?? bom.data?.version ?? 0;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('products.bom.title', { product })}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '94%' : 760}
      destroyOnHidden
      extra={
        (versions.data?.versions.length ?? 0) > 0 && (
          <Select<number>
            value={version ?? latest}
            aria-label={t('products.bom.version')}
            onChange={setVersion}
            options={versions.data?.versions.map((one) => ({
              value: one.version,
              label: `v${one.version} · ${dayjs(one.published_at).format('YYYY-MM-DD')} ${one.actor}`,
            }))}
          />
        )
      }
    >
      {bom.isPending && <Skeleton active />}
      {bom.isError && !none && <ProblemAlert problem={bom.error} />}
      {(bom.isSuccess || none) && (
        <Editor
          key={`${product} ${version ?? 'latest'} ${bom.data?.version ?? 0}`}
          product={product}
          bom={bom.data}
          base={latest}
        />
      )}
    </Drawer>
  );
}

function Editor({ product, bom, base }: { product: string; bom: Bom | undefined; base: number }) {
  const { t } = useTranslation();
  const may = useMay();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const before = linesOf(bom);
  const [lines, setLines] = useState<BomLine[]>(before);
  const [note, setNote] = useState('');
  const edits = may('products.edit');
  const change = (id: number, part: Partial<BomLine>) =>
    setLines(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  const publish = useMutation({
    mutationFn: () => putBom(product, base, lines, note.trim()),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['products', 'bom', product] });
      void message.success(t('published'));
    },
  });
  const changes = changesOf(before, lines);
  const differs = changes.added + changes.changed + changes.removed > 0;
  return (
    <div className="stack">
      <p className="muted">{t('products.bom.how')}</p>
      {lines.length === 0 && (
        <EmptyState icon="list" title={t('products.bom.none')}>
          {t('products.bom.noneHow')}
        </EmptyState>
      )}
      <ol className="bom-lines">
        {lines.map((line, index) => (
          <li key={line.id} className="bom-line" aria-label={t('products.bom.line', { number: index + 1 })}>
            <ProductSelect
              value={line.component === '' ? null : line.component}
              aria-label={t('products.bom.component')}
              placeholder={t('products.bom.component')}
              disabled={!edits}
              onChange={(code) => change(line.id, { component: code ?? '' })}
            />
            <InputNumber
              value={line.quantity}
              min={0}
              aria-label={t('quantity')}
              disabled={!edits}
              onChange={(value) => change(line.id, { quantity: value })}
            />
            <Select<string[]>
              mode="tags"
              value={line.substitutes}
              aria-label={t('products.bom.substitutes')}
              placeholder={t('products.bom.substitutes')}
              disabled={!edits}
              open={false}
              onChange={(codes) => change(line.id, { substitutes: codes })}
            />
            <Input
              value={line.note}
              maxLength={200}
              aria-label={t('note')}
              placeholder={t('note')}
              disabled={!edits}
              onChange={(event) => change(line.id, { note: event.target.value })}
            />
            {edits && (
              <Button
                type="text"
                icon={<Icon name="close" size={16} />}
                aria-label={t('products.bom.remove', { number: index + 1 })}
                onClick={() => setLines(lines.filter((one) => one.id !== line.id))}
              />
            )}
          </li>
        ))}
      </ol>
      {edits && (
        <>
          <Button
            type="dashed"
            icon={<Icon name="plus" size={16} />}
            onClick={() =>
              setLines([
                ...lines,
                {
                  id: Math.max(0, ...lines.map((line) => line.id)) + 1,
                  component: '',
                  quantity: 1,
                  substitutes: [],
                  note: '',
                },
              ])
            }
          >
            {t('products.bom.add')}
          </Button>
          {differs && (
            <>
              <p>{t('products.bom.changes', changes)}</p>
              <Input
                value={note}
                maxLength={200}
                aria-label={t('products.bom.why')}
                placeholder={t('products.bom.why')}
                onChange={(event) => setNote(event.target.value)}
              />
            </>
          )}
          <ProblemAlert problem={publish.error} />
          <Button
            type="primary"
            disabled={!differs || !lines.every(isReady)}
            loading={publish.isPending}
            onClick={() => publish.mutate()}
          >
            {t('products.bom.publish', { version: base + 1 })}
          </Button>
        </>
      )}
    </div>
  );
}
