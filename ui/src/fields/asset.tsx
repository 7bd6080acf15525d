import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getItem } from '../api/items';
import { StateDot } from '../components/StateDot';
import { useDebounced } from '../components/useDebounced';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';
import '../pages/scanlists/scanlists.css';
import { Input as ItemInput, Show as ItemShow } from './item';

export const shape = 'reference';

const TYPED_MS = 300;

/** An asset (资产): its tag, and below it where it is and who has it now. */
export function Input(props: InputProps) {
  const code = useDebounced(asText(props.value).trim(), TYPED_MS);
  return (
    <>
      <ItemInput {...props} />
      {!props.dense && code !== '' && <Facts code={code} />}
    </>
  );
}

export function Show(props: ShowProps) {
  if (props.short) return <ItemShow {...props} />;
  return (
    <span className="list-shown">
      <ItemShow {...props} />
      <Facts code={asText(props.value)} />
    </span>
  );
}

function Facts({ code }: { code: string }) {
  const { t } = useTranslation();
  const { data: item } = useQuery({
    queryKey: ['items', code, 'asset'],
    queryFn: ({ signal }) => getItem(code, undefined, signal),
    retry: false,
    enabled: code.length >= 2,
  });
  if (item === undefined) return null;
  return (
    <p className="hint asset-facts">
      {item.product !== null && <span className="mono">{item.product}</span>}
      {item.state !== null && <StateDot state={item.state} />}
      {item.place !== null && (
        <span>
          {t('scanlists.asset.at')} <span className="mono">{item.place}</span>
        </span>
      )}
      <span>
        {item.holder === null ? t('scanlists.asset.nobody') : `${t('scanlists.asset.holder')} ${item.holder}`}
      </span>
    </p>
  );
}
