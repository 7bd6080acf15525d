import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNamed } from '../../api/operations';
import { Icon } from '../../components/Icon';
import type { ScanDesk } from './desk';
import { missing } from './posting';
import type { Summary } from './summary';
import { TryOut } from './TryOut';
import { usePart } from './useDesk';

/** What is still needed, in words. */
export function useLacking(desk: ScanDesk): { names: string[]; words: string[] } {
  const { t } = useTranslation();
  const named = useNamed();
  // As one text, so that a scan that changes nothing of it draws nothing again.
  const lacks = usePart(desk, ({ draft }) => missing(draft, desk.kind, desk.shape).join(' '));
  const names = lacks === '' ? [] : lacks.split(' ');
  const words = names.map((name) => {
    if (name === 'place') return t('place');
    if (name === 'rows') return t('scan.lack.rows');
    const slot = desk.shape.slots.find((one) => one.name === name);
    const field = desk.kind.data.find((one) => one.name === name);
    const found = slot ?? field;
    return found ? named(found) : name;
  });
  return { names, words };
}

/** The button that posts what was scanned, or says what is missing before it can. */
export function PostBar({ desk, sum }: { desk: ScanDesk; sum: Summary }) {
  const { t } = useTranslation();
  const named = useNamed();
  const posting = usePart(desk, (state) => state.posting);
  const immediate = usePart(desk, (state) => state.draft.immediate);
  const pending = usePart(desk, (state) => state.draft.pending);
  const { words } = useLacking(desk);
  if (immediate) return <p className="post-hint">{t('scan.immediateHint')}</p>;
  const busy = posting || (sum.checking > 0 && words.length === 0);
  const count = [
    sum.pieces > 0 && t('scan.countPieces', { count: sum.pieces }),
    sum.lines > 0 && t('scan.countLines', { count: sum.lines }),
  ].filter((one) => one !== false);
  const label =
    sum.checking > 0
      ? t('scan.checkingLeft', { count: sum.checking })
      : count.length > 0 && desk.shape.rows !== 'none'
        ? t('scan.post', { operation: named(desk.kind), what: count.join(t('scan.lack.and')) })
        : t('scan.postOne', { operation: named(desk.kind) });
  return (
    <div className="post">
      {words.length > 0 && pending === null && (
        <p className="post-hint">{t('scan.lack.label', { what: words.join(t('scan.lack.and')) })}</p>
      )}
      <Button
        type="primary"
        size="large"
        block
        icon={<Icon name={words.length > 0 ? 'lock' : 'check'} size={18} />}
        disabled={words.length > 0 || sum.refused > 0 || pending !== null}
        loading={busy}
        onClick={() => void desk.post('all')}
      >
        {label}
      </Button>
      {words.length === 0 && sum.checking === 0 && pending === null && !posting && <TryOut desk={desk} />}
    </div>
  );
}
