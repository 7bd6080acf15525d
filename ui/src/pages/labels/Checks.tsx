import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../components/Tags';
import type { Field } from '../../labels/declared';
import type { Check } from './calls';
import { useDesk } from './desk';
import { faults } from './faults';

/** What is doubtful about the label, each with its number on the canvas and what one click would do about it. */
export function Checks() {
  const { t } = useTranslation();
  const { raster, problem, board } = useDesk();
  if (raster === null) return null;
  // While something cannot be drawn at all, what was said of the last picture is not the point.
  const broken = faults(problem).map((fault) => ({
    ...{ code: fault.code, message: fault.message, advice: fault.advice ?? '', blocking: true, fix: null },
    element: board.present.elements[fault.place]?.id ?? null,
  }));
  const checks: Check[] = broken.length > 0 ? broken : raster.checks;
  return (
    <section className="ld-section ld-checks" aria-label={t('labels.checks')}>
      <header>
        <h2>{t('labels.checks')}</h2>
        <span className="grow" />
        {checks.length === 0 ? (
          <Tag tone="green">{t('labels.allWell')}</Tag>
        ) : (
          <Tag tone="amber">{t('labels.doubts', { count: checks.length })}</Tag>
        )}
      </header>
      <ol aria-live="polite">
        {checks.map((check, index) => (
          <CheckRow key={index} number={index + 1} check={check} />
        ))}
      </ol>
    </section>
  );
}

function CheckRow({ number, check }: { number: number; check: Check }) {
  const { dispatch, may, fields } = useDesk();
  const { fix, element } = check;
  return (
    <li>
      <span className={check.blocking ? 'ld-number-badge ld-blocking' : 'ld-number-badge'} aria-hidden="true">
        {number}
      </span>
      <button
        type="button"
        className="ld-check-words"
        onClick={() => element !== null && dispatch({ do: 'select', ids: [element] })}
      >
        <b>{inWords(check.message, fields)}</b>
        <span className="hint">{check.advice}</span>
      </button>
      {fix !== null && (
        <Button
          size="small"
          disabled={!may}
          onClick={() => dispatch({ do: 'set', ids: [fix.element], values: fix.set })}
        >
          <FixWords fix={fix} />
        </Button>
      )}
    </li>
  );
}

function FixWords({ fix }: { fix: NonNullable<Check['fix']> }) {
  const { t } = useTranslation();
  const { kinds, board } = useDesk();
  const [name = '', value] = Object.entries(fix.set)[0] ?? [];
  const element = board.present.elements.find((one) => one.id === fix.element);
  const property = kinds.elements
    .find((kind) => kind.name === element?.kind)
    ?.properties.find((one) => one.name === name);
  const number = typeof value === 'number' ? `${Math.round(value * 100) / 100}` : String(value);
  if (typeof value === 'boolean') {
    return t(value ? 'labels.fixOn' : 'labels.fixOff', { property: property?.label ?? name });
  }
  if (name in PLACES) return t(`labels.fix.${name}`, { value: number });
  return t('labels.fixTo', { property: property?.label ?? name, value: number, unit: property?.unit ?? '' });
}

const PLACES = { x: 1, y: 1, w: 1, h: 1 };

/** A message with the titles of fields instead of their dotted names. */
function inWords(message: string, fields: readonly Field[]): string {
  return fields.reduce((text, field) => text.replaceAll(field.name, field.label), message);
}
