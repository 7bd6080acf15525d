import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Radio, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { newClientKey } from '../../api/clientKey';
import type { Product, Tracking } from '../../api/master';
import { getProduct } from '../../api/master';
import { Code } from '../../components/Code';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { RuleSelect } from './selects';
import { StockLines } from './StockLines';
import './tracking.css';
import type { TrackingWish } from './tracking';
import { changeTracking, lookAtChange } from './tracking';

/** Change how finely a product is tracked, its stock carried over; shown before it is done. */
export function TrackingPage() {
  const { code = '' } = useParams();
  const { t } = useTranslation();
  const product = useQuery({
    queryKey: ['products', 'one', code],
    queryFn: ({ signal }) => getProduct(code, signal),
  });
  return (
    <Page
      title={t('products.track.title')}
      beside={product.data && `${product.data.code} ${product.data.name}`}
      name={t('products.track.title')}
    >
      {product.isPending && <Skeleton active />}
      {product.isError && <ProblemAlert problem={product.error} />}
      {product.isSuccess && <Change product={product.data} />}
    </Page>
  );
}

const ALL: Tracking[] = ['sku', 'batch', 'serial'];

function Change({ product }: { product: Product }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [to, setTo] = useState<Tracking>(ALL.find((one) => one !== product.tracking) ?? 'serial');
  const [batch, setBatch] = useState('');
  const [perPlace, setPerPlace] = useState(false);
  const [how, setHow] = useState<'scan' | 'rule'>('scan');
  const [rule, setRule] = useState<string | null>(product.rule);
  const [reason, setReason] = useState('');
  const [key] = useState(newClientKey);
  const wish: TrackingWish = {
    to,
    batch: to === 'batch' && batch.trim() !== '' ? batch.trim() : null,
    per_place: to === 'batch' && perPlace,
    rule: to === 'serial' && how === 'rule' ? rule : null,
    scan: to === 'serial' && how === 'scan',
    reason: reason.trim(),
  };
  const look = useMutation({ mutationFn: () => lookAtChange(product.code, wish) });
  const change = useMutation({
    mutationFn: () => changeTracking(product.code, { ...wish, client_key: key }),
    onSuccess: async (done) => {
      await queries.invalidateQueries({ queryKey: ['products'] });
      if (done.change !== null) void navigate(`/products/counts/${done.change}`, { replace: true });
    },
  });
  const again = () => look.reset();
  if (change.isSuccess && change.data.change === null) {
    const { codes, count } = change.data;
    return (
      <section className="card track-done" role="status">
        <h2>{t('products.track.done', { to: t(`tracking.${to}`), count })}</h2>
        <p className="track-codes">
          {codes.slice(0, 40).map((one) => (
            <Code key={one} value={one} />
          ))}
          {codes.length > 40 && (
            <span className="muted">{t('products.track.moreCodes', { count: codes.length - 40 })}</span>
          )}
        </p>
        <Link to={`/products?open=${encodeURIComponent(product.code)}`}>{t('products.track.back')}</Link>
      </section>
    );
  }
  return (
    <div className="track">
      <section className="card track-form">
        <Form layout="vertical" component="div">
          <Form.Item label={t('products.track.from')}>
            <b>{t(`tracking.${product.tracking}`)}</b>
          </Form.Item>
          <Form.Item label={t('products.track.to')}>
            <Radio.Group
              value={to}
              onChange={(event) => {
                setTo(event.target.value as Tracking);
                again();
              }}
              options={ALL.filter((one) => one !== product.tracking).map((one) => ({
                value: one,
                label: t(`tracking.${one}`),
              }))}
            />
          </Form.Item>
          {to === 'batch' && (
            <>
              <Form.Item label={t('products.track.batch')} extra={t('products.track.batchHow')}>
                <Input
                  className="mono"
                  aria-label={t('products.track.batch')}
                  value={batch}
                  onChange={(event) => {
                    setBatch(event.target.value);
                    again();
                  }}
                />
              </Form.Item>
              <Checkbox
                checked={perPlace}
                onChange={(event) => {
                  setPerPlace(event.target.checked);
                  again();
                }}
              >
                {t('products.track.perPlace')}
              </Checkbox>
            </>
          )}
          {to === 'serial' && (
            <Form.Item label={t('products.track.codes')}>
              <Radio.Group
                value={how}
                onChange={(event) => {
                  setHow(event.target.value as 'scan' | 'rule');
                  again();
                }}
                options={[
                  { value: 'scan', label: t('products.track.scan') },
                  { value: 'rule', label: t('products.track.byRule') },
                ]}
              />
              {how === 'rule' && (
                <RuleSelect
                  value={rule}
                  onChange={(code) => {
                    setRule(code ?? null);
                    again();
                  }}
                />
              )}
            </Form.Item>
          )}
          <Form.Item label={t('products.track.reason')}>
            <Input
              value={reason}
              aria-label={t('products.track.reason')}
              placeholder={t('products.track.reasonExample')}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        </Form>
        <ProblemAlert problem={look.error ?? change.error} />
        <div className="row">
          <Button
            type={look.isSuccess ? 'default' : 'primary'}
            loading={look.isPending}
            disabled={
              to === 'serial' ? how === 'rule' && rule === null : to === 'batch' && batch.trim() === ''
            }
            onClick={() => look.mutate()}
          >
            {t('products.track.look')}
          </Button>
          {look.isSuccess && (
            <Button type="primary" danger loading={change.isPending} onClick={() => change.mutate()}>
              {t(wish.scan ? 'products.track.startCount' : 'products.track.go')}
            </Button>
          )}
        </div>
      </section>
      {look.isSuccess && (
        <section className="card">
          <div className="card-head">
            <h2>{t('products.track.carried')}</h2>
            <span className="hint">{t('products.track.balances', { count: look.data.lines.length })}</span>
          </div>
          <StockLines lines={look.data.lines} label={t('products.track.carried')} />
          {look.data.left.length > 0 && (
            <>
              <p className="track-left">{t('products.track.left')}</p>
              <StockLines lines={look.data.left} label={t('products.track.left')} />
            </>
          )}
        </section>
      )}
    </div>
  );
}
