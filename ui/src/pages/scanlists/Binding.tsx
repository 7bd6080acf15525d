import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { InputProps, ShowProps } from '../../forms/control';
import { useEntryAround } from '../../forms/entry';
import { asText } from '../../forms/model';
import { play } from '../../scan/sounds';
import { checkPackage, checkParts } from './bindingCalls';
import { ScanLine } from './ScanLine';
import './scanlists.css';

type Which = 'parts' | 'package';

function codesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(asText) : [];
}

/** What is bound and to what: the item of another field, or where none is named the first that was scanned. */
function useBound(field: InputProps['field'], value: unknown) {
  const around = useEntryAround();
  const source = asText(field.options?.['source']);
  const codes = codesOf(value);
  const head = source === '' ? (codes[0] ?? '') : asText(around?.values[source]).trim();
  return { source, head, codes, content: source === '' ? codes.slice(1) : codes };
}

/** Scan what belongs to an item, one after the other, and see at once what is missing or wrong. */
export function BindingInput(props: InputProps & { which: Which }) {
  const { field, id, value, onChange, disabled, describedBy, which } = props;
  const { t } = useTranslation();
  const { source, head, codes, content } = useBound(field, value);
  const waits = source !== '' && head === '';
  const add = (raw: string) => {
    const code = raw.trim();
    if (codes.includes(code)) play('again');
    else onChange([...codes, code]);
  };
  const remove = (code: string) => {
    const left = codes.filter((one) => one !== code);
    onChange(left.length === 0 ? null : left);
  };
  const hint =
    source === '' && head === ''
      ? t(which === 'parts' ? 'scanlists.parts.firstScan' : 'scanlists.parts.firstBox')
      : null;
  return (
    <div className="list-station">
      {waits ? (
        <p className="hint">{t('scanlists.parts.first', { field: source })}</p>
      ) : (
        <div className="list-entry">
          <ScanLine
            id={id}
            label={hint ?? t(which === 'parts' ? 'scanlists.parts.line' : 'scanlists.parts.contents')}
            onScan={add}
            disabled={disabled === true}
            describedBy={describedBy}
          />
        </div>
      )}
      {head !== '' && (
        <Compared
          which={which}
          head={head}
          content={content}
          sound
          onRemove={disabled ? undefined : remove}
        />
      )}
    </div>
  );
}

/** The same to be read. */
export function BindingShow({ field, value, short, which }: ShowProps & { which: Which }) {
  const { t } = useTranslation();
  const { head, content } = useBound(field, value);
  if (short || head === '')
    return <span className="number">{t('scanlists.count', { count: content.length })}</span>;
  return <Compared which={which} head={head} content={content} />;
}

interface ComparedProps {
  which: Which;
  head: string;
  content: string[];
  sound?: boolean;
  onRemove?: ((code: string) => void) | undefined;
}

function Compared({ which, ...props }: ComparedProps) {
  return which === 'parts' ? <Parts {...props} /> : <Contents {...props} />;
}

function Parts({ head, content, sound, onRemove }: Omit<ComparedProps, 'which'>) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['part-checks', head, content],
    queryFn: () => checkParts(head, content),
    placeholderData: (before) => before,
    retry: false,
  });
  const wrong = data?.parts.filter((one) => one.answer === 'wrong').length ?? 0;
  useSound(sound === true && data?.parts.length === content.length ? content.length : null, wrong);
  if (error !== null) return <ProblemAlert problem={error} />;
  if (data === undefined) return null;
  const missing = data.needs.reduce((sum, one) => sum + one.missing, 0);
  return (
    <>
      <p className="list-figures">
        <Code value={data.item} copy={false} />
        {data.bom === null ? (
          <span className="muted">{t('scanlists.parts.noBom', { product: data.product ?? '' })}</span>
        ) : (
          <span className="muted">{t('scanlists.parts.bom', { version: data.bom })}</span>
        )}
        {data.bom !== null && (
          <b className={data.complete ? 'list-full' : missing > 0 ? 'list-again' : 'list-wrong'}>
            {data.complete
              ? t('scanlists.parts.complete')
              : missing > 0
                ? t('scanlists.parts.missing', { count: missing })
                : t('scanlists.wrongCount', { count: wrong })}
          </b>
        )}
      </p>
      {data.needs.length > 0 && (
        <div className="found-scroll">
          <table className="parts-table">
            <thead>
              <tr>
                <th scope="col">{t('product')}</th>
                <th scope="col">{t('scanlists.parts.needed')}</th>
                <th scope="col">{t('scanlists.parts.inside')}</th>
                <th scope="col">{t('scanlists.parts.given')}</th>
                <th scope="col">{t('scanlists.sieve.missing')}</th>
              </tr>
            </thead>
            <tbody>
              {data.needs.map((one) => (
                <tr key={one.product}>
                  <td>
                    <span className="mono">{one.product}</span> {one.name}
                  </td>
                  <td className="number">{one.needed}</td>
                  <td className="number">{one.inside}</td>
                  <td className="number">{one.given}</td>
                  <td className={one.missing > 0 ? 'number list-again' : 'number list-full'}>
                    {one.missing}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Rows
        rows={data.parts.map((one) => ({
          code: one.raw,
          good: one.answer === 'right',
          what: one.answer === 'right' ? <span className="mono">{one.product}</span> : one.message,
        }))}
        onRemove={onRemove}
      />
    </>
  );
}

function Contents({ head, content, sound, onRemove }: Omit<ComparedProps, 'which'>) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['package-checks', head, content],
    queryFn: () => checkPackage(head, content),
    placeholderData: (before) => before,
    retry: false,
  });
  const wrong = data === undefined ? 0 : data.foreign.length + data.unknown.length;
  useSound(sound === true && data !== undefined ? content.length : null, wrong);
  if (error !== null) return <ProblemAlert problem={error} />;
  if (data === undefined) return null;
  const strays = new Map(data.foreign.map((one) => [one.code, one.inside]));
  return (
    <>
      <p className="list-figures">
        <Code value={data.package} copy={false} />
        <b className={data.agrees ? 'list-full' : wrong > 0 ? 'list-wrong' : 'list-again'}>
          {t('scanlists.parts.matched', { matched: data.matched, expected: data.expected })}
        </b>
      </p>
      <Rows
        rows={content.map((code) => {
          const unknown = data.unknown.includes(code);
          const stray = strays.has(code);
          const inside = strays.get(code);
          return {
            code,
            good: !unknown && !stray,
            what: unknown
              ? t('scanlists.parts.unknown')
              : stray
                ? `${t('scanlists.parts.foreign')} ${inside == null ? '' : t('scanlists.parts.insideOf', { box: inside })}`
                : null,
          };
        })}
        onRemove={onRemove}
      />
      {data.missing.length > 0 && data.missing.length < data.expected && (
        <p className="hint">
          {t('scanlists.parts.missing', { count: data.missing.length })}：
          <span className="mono">{data.missing.slice(0, 10).join('、')}</span>
        </p>
      )}
    </>
  );
}

interface RowsProps {
  rows: { code: string; good: boolean; what: ReactNode }[];
  onRemove?: ((code: string) => void) | undefined;
}

function Rows({ rows, onRemove }: RowsProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <ol className="list-rows">
      {[...rows].reverse().map((one) => (
        <li key={one.code} className={`list-row list-row-${one.good ? 'right' : 'wrong'}`}>
          <span className="list-row-sign">
            <Icon name={one.good ? 'check' : 'close'} size={16} />
            <span className="visually-hidden">{t(`scanlists.verdict.${one.good ? 'right' : 'wrong'}`)}</span>
          </span>
          <span className="list-row-code">
            <Code value={one.code} copy={false} />
          </span>
          <span className="list-row-what">{one.what}</span>
          {onRemove && (
            <button
              type="button"
              className="link-button list-row-undo"
              aria-label={t('scanlists.parts.remove', { code: one.code })}
              onClick={() => onRemove(one.code)}
            >
              {t('scanlists.drop')}
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Sound the answer to the piece that was scanned last. */
function useSound(count: number | null, wrong: number): void {
  const before = useRef<{ count: number; wrong: number } | null>(null);
  useEffect(() => {
    if (count === null) return;
    const last = before.current;
    before.current = { count, wrong };
    if (last !== null && count > last.count) play(wrong > last.wrong ? 'wrong' : 'right');
  }, [count, wrong]);
}
