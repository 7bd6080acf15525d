import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../components/Icon';
import type { CodePart } from '../../components/SegmentedCode';
import { SegmentedCode } from '../../components/SegmentedCode';
import type { Check, Kinds, Overlap, Segment } from './calls';
import { checkRule } from './calls';
import { fieldLabel, split, waysApart, wordOf } from './segments';

interface OverlapsProps {
  code: string | undefined;
  check: Check;
  segments: Segment[];
  kinds: Kinds;
  /** Missing when the user may only look. */
  onTake: ((segments: Segment[]) => void) | undefined;
}

const ENOUGH = 2;

/** Other rules that can make the same codes: which, an example, and what keeps them apart. */
export function Overlaps({ code, check, segments, kinds, onTake }: OverlapsProps) {
  const { t } = useTranslation();
  const fixes = useQuery({
    queryKey: ['codes', 'apart', code, JSON.stringify(segments)],
    queryFn: () => findFixes(code, segments),
    enabled: check.overlaps.length > 0 && onTake !== undefined,
    staleTime: 60_000,
  });
  if (check.overlaps.length === 0) return null;
  const shared = check.overlaps[0]?.example ?? null;
  return (
    <section className="codes-overlap" role="alert" aria-label={t('codes.overlap')}>
      <Icon name="warning" size={20} />
      <div className="grow">
        {check.overlaps.map((one) => (
          <p key={`${one.rule} ${one.version}`}>
            <OverlapLine overlap={one} own={code} />
          </p>
        ))}
        {shared !== null && (
          <p>
            {t('codes.bothMake')} <SegmentedCode parts={partsOf(segments, shared, check)} />
          </p>
        )}
      </div>
      <div className="codes-overlap-actions">
        {fixes.isFetching && <span className="hint">{t('codes.lookingForFix')}</span>}
        {fixes.data?.map((fix, place) => (
          <Button
            key={fix.how + fix.letter}
            type={place === 0 ? 'primary' : 'default'}
            size="small"
            onClick={() => onTake?.(fix.segments)}
          >
            {fix.how === 'prefix'
              ? t('codes.fixPrefix', { letter: fix.letter })
              : t('codes.fixBegins', {
                  letter: fix.letter,
                  field: fieldLabel(kinds, wordOf(segments[fix.place], 'name')),
                })}
          </Button>
        ))}
      </div>
    </section>
  );
}

function OverlapLine({ overlap, own }: { overlap: Overlap; own: string | undefined }) {
  const { t } = useTranslation();
  const words = { name: overlap.name, code: overlap.rule, version: overlap.version };
  if (overlap.rule === own) return <b>{t('codes.overlapOwn', words)}</b>;
  return (
    <>
      <b>{overlap.example === null ? t('codes.overlapMay', words) : t('codes.overlapWith', words)}</b>{' '}
      <Link to={`/codes/${encodeURIComponent(overlap.rule)}`}>{t('codes.lookAt', words)}</Link>
    </>
  );
}

/** The clashing code in our own colours: cut as our first example is, where that fits. */
function partsOf(segments: Segment[], code: string, check: Check): CodePart[] {
  const length = check.parts.at(-1)?.end;
  if (length !== code.length) return split(segments, code);
  return check.parts.map((part) => ({ kind: part.kind, text: code.slice(part.start, part.end) }));
}

async function findFixes(code: string | undefined, segments: Segment[]) {
  const found: ReturnType<typeof waysApart> = [];
  const kinds = new Set<string>();
  for (const way of waysApart(segments)) {
    if (found.length >= ENOUGH) break;
    if (kinds.has(way.how)) continue;
    const answer = await checkRule({ code, segments: way.segments, count: 1 });
    if (answer.problems.length > 0 || answer.overlaps.length > 0) continue;
    kinds.add(way.how);
    found.push(way);
  }
  return found;
}
