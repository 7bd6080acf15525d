import { useTranslation } from 'react-i18next';
import type { Tone } from '../../components/Tags';
import { Tag } from '../../components/Tags';
import type { CountRow, CountState, DifferenceKind } from './calls';

/** What states look like, in the order in which a session goes through them. */
export const STATE_TONES: Record<CountState, Tone> = {
  open: 'teal',
  counted: 'amber',
  approved: 'violet',
  posting: 'violet',
  posted: 'green',
  cancelled: 'grey',
};

/** The kinds of difference in the order in which they are told. */
export const KIND_TONES: Record<DifferenceKind, Tone> = {
  missing: 'red',
  surplus: 'violet',
  wrong_place: 'amber',
  quantity: 'teal',
  unknown: 'grey',
};

/** Where a session stands. */
export function CountStateTag({ state }: { state: CountState }) {
  const { t } = useTranslation();
  return <Tag tone={STATE_TONES[state]}>{t(`counts.state.${state}`)}</Tag>;
}

/** How it is counted: snapshot or live, blind or not. */
export function HowTags({ count }: { count: CountRow }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      <Tag>{t(`counts.${count.kind}`)}</Tag>
      <Tag>{t(count.blind ? 'counts.blind' : 'counts.guided')}</Tag>
      {count.abc.length > 0 && <Tag>{t('counts.abcTag', { names: count.abc.join('') })}</Tag>}
      {count.only !== '' && <Tag>{t(`counts.onlyOf.${count.only}`)}</Tag>}
      {count.sample > 0 && <Tag>{t('counts.sampleTag', { count: count.sample })}</Tag>}
      {count.round > 1 && <Tag tone="amber">{t('counts.round', { count: count.round })}</Tag>}
    </span>
  );
}

/** What is counted: the first places and products by their codes, the rest by number. */
export function Scope({ count, most = 3 }: { count: CountRow; most?: number }) {
  const { t } = useTranslation();
  const { places, products } = count;
  return (
    <span className="count-scope">
      <Codes codes={places} most={most} />
      <span className="muted">
        {products.length === 0 ? t('counts.productsAll') : <Codes codes={products} most={most} />}
      </span>
    </span>
  );
}

function Codes({ codes, most }: { codes: string[]; most: number }) {
  const { t } = useTranslation();
  return (
    <span title={codes.join('  ')}>
      <span className="mono">{codes.slice(0, most).join(' ')}</span>
      {codes.length > most && <span className="hint"> {t('counts.andMore', { count: codes.length })}</span>}
    </span>
  );
}

/** How many were counted, of how many where that may be known. */
export function Share({ count }: { count: CountRow }) {
  const { counted, expected } = count;
  const share = expected === null || expected === 0 ? 0 : Math.min(1, counted / expected);
  return (
    <span className="count-share">
      {expected !== null && (
        <span className={share === 1 ? 'list-bar list-bar-full' : 'list-bar'} role="presentation">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <span className="number">
        {counted.toLocaleString()}
        {expected !== null && `/${expected.toLocaleString()}`}
      </span>
    </span>
  );
}
