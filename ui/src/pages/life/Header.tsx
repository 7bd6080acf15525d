import { useMutation } from '@tanstack/react-query';
import { App, Button, QRCode } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { download } from '../../api/http';
import type { ItemDetail } from '../../api/items';
import { problemOf } from '../../api/problem';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { ItemState } from '../../components/ItemState';
import { QualityTag } from '../../components/Tags';
import { PrintButton } from '../../printing/PrintButton';
import { palettes } from '../../theme';
import { ActionMenu } from './ActionMenu';
import { useProduct } from './calls';
import { days } from './story';

interface HeaderProps {
  item: ItemDetail;
  name: (code: string) => string;
  onAct: (operation: string) => void;
}

/** Who it is, and the six answers: state, quality, place, holder, warranty, marks. */
export function Header({ item, name, onAct }: HeaderProps) {
  const { t } = useTranslation();
  const product = useProduct(item.product);
  const { message } = App.useApp();
  const pdf = useMutation({
    mutationFn: () => download(`/items/${encodeURIComponent(item.code)}/history.pdf`, `${item.code}.pdf`),
    onError: (error) => void message.error(problemOf(error).title),
  });
  const blocking = item.marks.filter((mark) => mark !== 'suspect');
  useEffect(() => {
    document.title = `${item.code} · ${t('life.title')} · 码志`;
  }, [item.code, t]);
  return (
    <section className="card life-head" aria-label={t('life.title')}>
      <div className="life-face" aria-hidden="true">
        <Icon name={item.kind === 'package' ? 'box' : 'product'} size={56} />
      </div>
      <div className="life-who">
        <div className="life-name">
          <h1>
            <Code value={item.code} size="large" />
            {item.marks.map((mark) => (
              <span key={mark} className={mark === 'suspect' ? 'stamp stamp-suspect' : 'stamp'}>
                {t(`mark.${mark}`, { defaultValue: mark })}
              </span>
            ))}
          </h1>
          <p>
            {item.product === null ? (
              <b>{t('life.package')}</b>
            ) : (
              <>
                <b>
                  {item.product} {product.data?.name}
                </b>
                {item.batch !== null && (
                  <Link to={`/items?batch=${encodeURIComponent(item.batch)}`} className="life-batch">
                    {t('batch_')} <span className="mono">{item.batch}</span>
                  </Link>
                )}
              </>
            )}
          </p>
        </div>
        <div className="life-actions">
          <Button icon={<Icon name="print" />} onClick={() => window.print()}>
            {t('life.print')}
          </Button>
          <Button loading={pdf.isPending} onClick={() => pdf.mutate()} aria-label={t('life.pdf')}>
            PDF
          </Button>
          <PrintButton codes={[item.code]} />
          <ActionMenu item={item} lifeCycle={product.data?.life_cycle ?? 'goods'} onAct={onAct} />
        </div>
        <dl className="life-answers">
          <Answer title={t('life.state')} below={since(t, item.state_since)}>
            {item.state === null ? t('life.undone') : <ItemState state={item.state} />}
          </Answer>
          <Answer title={t('life.quality')}>
            <QualityTag quality={item.quality} />
          </Answer>
          <Answer title={t('life.where')} below={item.place === null ? null : since(t, item.place_since)}>
            <Where item={item} name={name} />
          </Answer>
          <Answer title={t('life.holder')} below={ownerLine(t, item, name)}>
            {item.holder === null ? t('life.we') : name(item.holder)}
          </Answer>
          <Answer title={t('life.warranty')} below={warrantyLeft(t, item)}>
            <Warranty item={item} />
          </Answer>
          <Answer
            title={t('life.marks')}
            alert={blocking.length > 0}
            below={item.mark_causes.map((one) => one.cause).join(' · ')}
          >
            {item.marks.length === 0
              ? t('none')
              : item.marks.map((mark) => t(`mark.${mark}`, { defaultValue: mark })).join(' · ') +
                (blocking.length > 0 ? ` · ${t('life.blocks')}` : '')}
          </Answer>
        </dl>
      </div>
      <QRCode
        className="life-qr"
        value={item.code}
        type="svg"
        size={116}
        color={palettes.light.text}
        bgColor={palettes.light.card}
        aria-label={t('life.qr', { code: item.code })}
      />
    </section>
  );
}

interface AnswerProps {
  title: string;
  below?: string | null;
  alert?: boolean;
  children: ReactNode;
}

function Answer({ title, below = null, alert = false, children }: AnswerProps) {
  return (
    <div className={alert ? 'life-answer life-alert' : 'life-answer'}>
      <dt>{title}</dt>
      <dd>{children}</dd>
      {below !== null && below !== '' && <dd className="life-below">{below}</dd>}
    </div>
  );
}

function Where({ item, name }: { item: ItemDetail; name: (code: string) => string }) {
  const { t } = useTranslation();
  if (item.parent !== null) {
    return (
      <Link to={`/items/${encodeURIComponent(item.parent)}`}>
        {t('life.inside')} <span className="mono">{item.parent}</span>
      </Link>
    );
  }
  if (item.place !== null) {
    const named = name(item.place);
    return (
      <Link to={`/items?place=${encodeURIComponent(item.place)}`}>
        {named !== item.place && `${named} `}
        <span className="mono">{item.place}</span>
      </Link>
    );
  }
  return <>{item.holder === null ? t('life.nowhere') : t('life.atHolder', { holder: name(item.holder) })}</>;
}

function Warranty({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const { warranty } = item;
  if (!warranty.start) return <span className="muted">{t('life.notStarted')}</span>;
  if (!warranty.end) return <>{t('life.warrantyFrom', { day: warranty.start })}</>;
  return (
    <span className={warranty.active ? 'life-good number' : 'number'}>
      {t('life.warrantyTo', { day: warranty.end })}
    </span>
  );
}

type T = ReturnType<typeof useTranslation>['t'];

function since(t: T, at: string | null | undefined): string | null {
  if (!at) return null;
  return t('life.since', { day: dayjs(at).format('MM-DD'), count: days(at, new Date()) });
}

function ownerLine(t: T, item: ItemDetail, name: (code: string) => string): string | null {
  return item.owner === null ? null : t('life.owned', { owner: name(item.owner) });
}

function warrantyLeft(t: T, item: ItemDetail): string | null {
  const { warranty } = item;
  if (!warranty.end) return null;
  const left = days(dayjs().format(), warranty.end);
  return left >= 0 ? t('life.left', { count: left }) : t('life.over', { count: -left });
}
