import { App, Tooltip } from 'antd';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './clipboard';
import './code.css';

const TAIL = 4;
/** What comes after the last separator, where that is short: SO-1024, A-03-2. */
const LAST_PART = /[-_/.]([^-_/.]{1,6})$/;

interface CodeProps {
  value: string;
  /** Emphasise where `value` differs from this code instead of the tail. */
  diffFrom?: string;
  /** Where a click on the code leads is left to the link around it; false then keeps it from copying. */
  copy?: boolean;
  size?: 'normal' | 'large';
}

/** Cut a code in the part that is alike and the part to look at. */
export function emphasis(value: string, diffFrom?: string): [string, string] {
  let at = Math.max(0, value.length - TAIL);
  if (diffFrom !== undefined) {
    at = 0;
    while (at < value.length && value[at] === diffFrom[at]) at += 1;
  } else if (value.length <= TAIL + 1 && !LAST_PART.test(value)) {
    at = 0;
  } else {
    const last = LAST_PART.exec(value)?.[1];
    if (last !== undefined) at = value.length - last.length;
  }
  return [value.slice(0, at), value.slice(at)];
}

/** A code: monospaced, its last four characters (or the differing part) bold; a click copies it. */
export function Code({ value, diffFrom, copy = true, size = 'normal' }: CodeProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [head, tail] = emphasis(value, diffFrom);
  const content = (
    <>
      <span className="code-head">{head}</span>
      <b>{tail}</b>
    </>
  );
  const className = `code-value mono code-${size}`;
  if (!copy) return <span className={className}>{content}</span>;

  const put = async (event: MouseEvent) => {
    event.stopPropagation();
    await copyText(value);
    void message.success(t('copied', { value }));
  };
  return (
    <Tooltip title={t('copy')} mouseEnterDelay={0.6}>
      <button type="button" className={className} onClick={put} aria-label={t('copyCode', { value })}>
        {content}
      </button>
    </Tooltip>
  );
}
