import { InputNumber, Segmented, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { FlowNode } from '../../../flowdesigner/tree';
import { useDesk } from '../desk';
import { Against } from './Against';
import { ELSEWHERE, Options } from './Options';
import { People } from './People';
import { ScanPreview } from './ScanPreview';
import { Limits, Posting } from './ScanPosting';
import { Row } from './Row';
import { StoreTo } from './StoreTo';
import { FIRST, POLICIES, SAYS, SOUND } from './scanning';
import { objectOf, textOf, useOption } from './useOption';

/** What is drawn by this panel itself; what else the kind declares follows below. */
const DRAWN = new Set([
  ...ELSEWHERE,
  ...['who', 'against', 'store_to', 'manual', 'continuous', 'policies', 'tolerance'],
  ...['states', 'place', 'operation', 'override'],
]);

/** A scan step: who scans, against what, what happens when something is wrong, and what the scanner will see. */
export function Scan({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const [who, setWho] = useOption(node, 'who');
  const [manual, setManual] = useOption(node, 'manual');
  const [continuous, setContinuous] = useOption(node, 'continuous');
  return (
    <div className="fw-rows fw-scan">
      <Row title={t('flowdesigner.scan.who')}>
        <People node={node} label={t('flowdesigner.scan.who')} value={who} onChange={setWho} />
      </Row>
      <Row title={t('flowdesigner.scan.against')}>
        <Against node={node} />
      </Row>
      <Row title={t('flowdesigner.scan.storeTo')}>
        <StoreTo node={node} />
      </Row>
      <Row title={t('flowdesigner.scan.manual')}>
        <div className="fw-inline">
          <Segmented<string>
            size="small"
            aria-label={t('flowdesigner.scan.manual')}
            value={textOf(manual)}
            options={['allow', 'right', 'forbid'].map((one) => ({
              value: one,
              label: t(`flowdesigner.scan.typing.${one}`),
            }))}
            onChange={setManual}
          />
          <label className="fw-flag">
            {t('flowdesigner.scan.continuous')}
            <Switch size="small" checked={continuous !== false} onChange={setContinuous} />
          </label>
        </div>
      </Row>
      <Policies node={node} />
      <ScanPreview node={node} />
      <Posting node={node} />
      <Limits node={node} />
      <Options node={node} without={DRAWN} />
    </div>
  );
}

/** 拒收, 提醒 or 放行 for everything that can be wrong. */
function Policies({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const { dispatch } = useDesk();
  const [policies, setPolicies] = useOption(node, 'policies');
  const [tolerance, setTolerance] = useOption(node, 'tolerance');
  const [all, setAll] = useState(false);
  const said = objectOf(policies);
  const percent = objectOf(tolerance);
  const set = (name: string, says: string) => {
    const next = Object.fromEntries(
      Object.entries({ ...said, [name]: says }).filter(([, one]) => one !== 'refuse'),
    );
    setPolicies(Object.keys(next).length === 0 ? undefined : next);
  };
  const touched = Object.keys(said).length > 0 || Object.keys(percent).length > 0;
  return (
    <section className="fw-policies" aria-label={t('flowdesigner.scan.wrong')}>
      <header>
        <b>{t('flowdesigner.scan.wrong')}</b>
        <span className="hint grow">{t('flowdesigner.scan.wrongHow')}</span>
        <button
          type="button"
          className="fw-link"
          disabled={!touched}
          onClick={() =>
            dispatch({ do: 'option', id: node.id, values: { policies: undefined, tolerance: undefined } })
          }
        >
          {t('flowdesigner.scan.reset')}
        </button>
      </header>
      {POLICIES.slice(0, all ? undefined : FIRST).map((name) => {
        const says = (said[name] ?? 'refuse') as (typeof SAYS)[number];
        const title = t(`flowdesigner.scan.policy.${name}`);
        return (
          <div key={name} className="fw-policy">
            <b>{title}</b>
            <span className="hint">{t(`flowdesigner.scan.policyHow.${name}`)}</span>
            <div className="fw-inline">
              <Segmented<string>
                size="small"
                className={`fw-says-${says}`}
                aria-label={title}
                value={says}
                options={SAYS.map((one) => ({
                  value: one,
                  label: t(`flowdesigner.scan.says.${name === 'missing' && one === 'refuse' ? 'stop' : one}`),
                }))}
                onChange={(next) => set(name, next)}
              />
              {(name === 'missing' || name === 'extra') && (
                <label className="fw-flag fw-tolerance">
                  {t(`flowdesigner.scan.tolerance.${name}`)}
                  <InputNumber<number>
                    size="small"
                    min={0}
                    max={100}
                    suffix="%"
                    aria-label={t(`flowdesigner.scan.tolerance.${name}`)}
                    value={Number(percent[name] ?? 0)}
                    onChange={(next) => {
                      const kept = { ...percent, [name]: next ?? 0 };
                      const some = Object.entries(kept).filter(([, one]) => one !== 0);
                      setTolerance(some.length === 0 ? undefined : Object.fromEntries(some));
                    }}
                  />
                </label>
              )}
              <span className="fw-sound hint">
                <Icon name="sound" size={14} /> {t(`flowdesigner.scan.sound.${SOUND[says]}`)}
              </span>
            </div>
          </div>
        );
      })}
      <button type="button" className="fw-link" aria-expanded={all} onClick={() => setAll(!all)}>
        {all
          ? t('flowdesigner.fewer')
          : t('flowdesigner.scan.morePolicies', { count: POLICIES.length - FIRST })}
      </button>
    </section>
  );
}
