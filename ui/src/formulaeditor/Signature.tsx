import { useTranslation } from 'react-i18next';
import type { FormulaFunction } from './calls';

interface SignatureProps {
  call: { name: string; argument: number } | null;
  functions: readonly FormulaFunction[];
}

/** The function that the caret stands in: what goes where, and what it does. */
export function Signature({ call, functions }: SignatureProps) {
  const { t } = useTranslation();
  const upper = call?.name.toUpperCase();
  const one = functions.find((it) => it.name === upper || it.zh === call?.name);
  if (one === undefined || call === null) {
    return <p className="hint">{t('formulaEditor.how')}</p>;
  }
  const open = one.usage.indexOf('(');
  const given = one.usage.slice(open + 1, -1).split(/,\s*/);
  const at = Math.min(call.argument, given.length - 1);
  return (
    <p className="fe-signature">
      <code>
        {one.usage.slice(0, open + 1)}
        {given.map((name, place) => (
          <span key={place}>
            {place > 0 && ', '}
            {place === at ? <b>{name}</b> : name}
          </span>
        ))}
        )
      </code>{' '}
      <span className="hint">{one.doc}</span>
    </p>
  );
}
