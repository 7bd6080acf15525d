import { Button, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Check, Forecast, Kinds, Segment } from './calls';
import { expected, large, percent } from './numbers';
import { countedWords } from './segments';
import type { Supposed } from './useAssessment';

interface OutlookProps {
  check: Check;
  segments: Segment[];
  kinds: Kinds;
  supposed: Supposed;
  onSuppose: (supposed: Supposed) => void;
  /** Missing when the user may only look. */
  onTake: ((segments: Segment[]) => void) | undefined;
}

/** How far the codes reach, whether they can meet, how easily one is guessed, and what else could be done. */
export function Outlook({ check, segments, kinds, supposed, onSuppose, onTake }: OutlookProps) {
  const { t, i18n } = useTranslation();
  const { forecast } = check;
  if (forecast === null) return null;
  const counter = segments.find((one) => one.kind === 'counter');
  const counted = countedWords(kinds, counter, t) || t('codes.inAll');
  const language = i18n.language;
  return (
    <section className="card codes-outlook" aria-label={t('codes.outlook')}>
      <header className="card-head">
        <h2>{t('codes.outlook')}</h2>
      </header>
      <div className="outlook-figures">
        <Figure name={t('codes.capacity')} help={counted}>
          <span title={forecast.capacity.toLocaleString('en')}>{large(forecast.capacity, language)}</span>
        </Figure>
        <Figure name={t('codes.repeats')} help={counter ? t('codes.givenBySystem') : t('codes.drawnAgain')}>
          <span className={forecast.redraws === null ? 'outlook-bad' : 'outlook-good'}>
            {forecast.redraws === null ? t('codes.notEnough') : counter ? '0' : expected(forecast.redraws)}
          </span>
        </Figure>
        <Figure name={t('codes.guessed')} help={t(`codes.guessHelp.${forecast.guessing}`)}>
          <Guessing forecast={forecast} />
        </Figure>
      </div>
      <Use
        forecast={forecast}
        counted={counted}
        counter={counter !== undefined}
        supposed={supposed}
        onSuppose={onSuppose}
      />
      <table className="outlook-table">
        <thead>
          <tr>
            <th scope="col">{t('codes.instead')}</th>
            <th scope="col" className="outlook-right">
              {t('codes.capacity')}
            </th>
            <th
              scope="col"
              className="outlook-right"
              title={t('codes.redrawnHelp', { planned: large(forecast.planned, language) })}
            >
              {t('codes.redrawn')}
            </th>
            <th scope="col">{t('codes.guessed')}</th>
            {onTake && <th />}
          </tr>
        </thead>
        <tbody>
          <tr className="outlook-present">
            <td>
              <b>{t('codes.present')}</b>
            </td>
            <Cells forecast={forecast} language={language} />
            {onTake && <td />}
          </tr>
          {check.alternatives.map((other) => (
            <tr key={other.label}>
              <td>{other.label}</td>
              <Cells forecast={other.forecast} language={language} />
              {onTake && (
                <td>
                  <Button
                    type="link"
                    size="small"
                    onClick={() => onTake(other.segments)}
                    aria-label={t('codes.takeThis', { label: other.label })}
                  >
                    {t('codes.take')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Promises segments={segments} check={check} />
    </section>
  );
}

function Figure({ name, help, children }: { name: string; help: string; children: ReactNode }) {
  return (
    <div>
      <span className="muted">{name}</span>
      <b className="outlook-value">{children}</b>
      <span className="hint">{help}</span>
    </div>
  );
}

function Guessing({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation();
  const tone = { easy: 'outlook-doubt', fair: 'outlook-fair', hard: 'outlook-good' }[forecast.guessing];
  return <span className={tone}>{t(`codes.guessing.${forecast.guessing}`)}</span>;
}

function Cells({ forecast, language }: { forecast: Forecast; language: string }) {
  const { t } = useTranslation();
  return (
    <>
      <td className="number outlook-right">{large(forecast.capacity, language)}</td>
      <td className="number outlook-right">
        {forecast.redraws === null ? t('codes.notEnough') : expected(forecast.redraws)}
      </td>
      <td>
        <Guessing forecast={forecast} />
      </td>
    </>
  );
}

interface UseProps {
  forecast: Forecast;
  counted: string;
  counter: boolean;
  supposed: Supposed;
  onSuppose: (supposed: Supposed) => void;
}

/** How much of the numbers is used: the user says how many codes there will be. */
function Use({ forecast, counted, counter, supposed, onSuppose }: UseProps) {
  const { t, i18n } = useTranslation();
  const { share } = forecast;
  return (
    <div className="outlook-use">
      <label className="row">
        {t('codes.useEach', { counted })}
        <InputNumber
          size="small"
          min={1}
          max={1e15}
          precision={0}
          value={counter ? supposed.perPeriod : supposed.planned}
          placeholder={t('codes.howMany')}
          onChange={(value) =>
            onSuppose(
              counter ? { ...supposed, perPeriod: value } : { ...supposed, planned: value ?? 1_000_000 },
            )
          }
        />
        {t('codes.pieces')}
        {share !== null && (
          <b className={`number ${share > 1 ? 'outlook-bad' : share > 0.8 ? 'outlook-doubt' : ''}`}>
            {percent(share)}
          </b>
        )}
      </label>
      {share !== null && (
        <div className="outlook-bar" role="img" aria-label={percent(share)}>
          <span
            className={share > 1 ? 'outlook-bar-bad' : share > 0.8 ? 'outlook-bar-doubt' : undefined}
            style={{ width: `${Math.max(0.5, Math.min(100, share * 100))}%` }}
          />
        </div>
      )}
      {share !== null && (
        <div className="row hint">
          <span className="grow number">{large(forecast.per_period ?? 0, i18n.language)}</span>
          <span className="number">{large(forecast.capacity, i18n.language)}</span>
        </div>
      )}
    </div>
  );
}

/** What holds for every code of the rule. */
function Promises({ segments, check }: { segments: Segment[]; check: Check }) {
  const { t } = useTranslation();
  const checked = segments.some((one) => one.kind === 'check');
  const letters = check.hints.some((hint) => hint.code === 'rule_hint_check_letters');
  const promises = [
    segments.some((one) => one.kind === 'counter') ? t('codes.neverWraps') : t('codes.neverTwice'),
    ...(checked ? [letters ? t('codes.findsDigits') : t('codes.findsSlips')] : []),
  ];
  return (
    <ul className="outlook-promises">
      {promises.map((words) => (
        <li key={words}>
          <Icon name="check" size={16} /> {words}
        </li>
      ))}
      {!checked && (
        <li className="outlook-missing">
          <Icon name="info" size={16} /> {t('codes.noCheck')}
        </li>
      )}
    </ul>
  );
}
