import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNamed, useOperations } from '../../../api/operations';
import { useStates } from '../../../components/useStates';
import type { FlowNode } from '../../../flowdesigner/tree';
import { useRoles } from '../../../forms/people';
import { Chooser } from './OptionInput';
import { Row } from './Row';
import type { Said } from './Source';
import { Source } from './Source';
import { SourceMap } from './SourceMap';
import { objectOf, textOf, textsOf, useOption } from './useOption';

/** What is posted to the ledger when the step is completed. */
export function Posting({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const named = useNamed();
  const { data = [] } = useOperations();
  const [value, set] = useOption(node, 'operation');
  const said = objectOf(value);
  const kind = textOf(said['kind']);
  const put = (name: string, next: Said | undefined) =>
    set(Object.fromEntries(Object.entries({ ...said, [name]: next }).filter(([, one]) => one !== undefined)));
  const label = t('flowdesigner.scan.posts');
  return (
    <section className="fw-part" aria-label={label}>
      <h3>{label}</h3>
      <Row title={t('flowdesigner.scan.operation')}>
        <Chooser
          label={label}
          value={kind}
          options={data.map((one) => ({ value: one.name, label: named(one) }))}
          onChange={(next) => set(next === '' ? undefined : { ...said, kind: next })}
        />
      </Row>
      {kind === '' ? (
        <p className="hint">{t('flowdesigner.scan.postsNothing')}</p>
      ) : (
        <>
          {(['place', 'partner', 'document'] as const).map((name) => (
            <Row key={name} title={t(`flowdesigner.scan.${name}`)}>
              <Source
                node={node}
                name={name}
                label={t(`flowdesigner.scan.${name}`)}
                value={objectOf(said[name])}
                onChange={(next) => put(name, next)}
              />
            </Row>
          ))}
          {(data.find((one) => one.name === kind)?.data.length ?? 0) > 0 && (
            <SourceMap
              node={node}
              label={t('flowdesigner.scan.data')}
              operation={kind}
              value={objectOf(said['data'])}
              onChange={(next) => put('data', next)}
            />
          )}
        </>
      )}
    </section>
  );
}

/** What else holds: only some states, only one place, who may let something pass. */
export function Limits({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const { all } = useStates();
  const roles = useRoles();
  const [states, setStates] = useOption(node, 'states');
  const [place, setPlace] = useOption(node, 'place');
  const [override, setOverride] = useOption(node, 'override');
  const own = [
    'coded',
    'in_stock',
    'issued',
    'picked',
    'shipped',
    'at_dealer',
    'sold',
    'returned',
    'in_repair',
  ];
  const known = [
    ...own.map((value) => ({ value, label: t(`state.${value}`) })),
    ...all
      .filter((one) => !own.includes(one.code))
      .map((one) => ({ value: one.code, label: t(`state.${one.code}`, { defaultValue: one.zh }) })),
  ];
  return (
    <section className="fw-part" aria-label={t('flowdesigner.scan.limits')}>
      <h3>{t('flowdesigner.scan.limits')}</h3>
      <Row title={t('flowdesigner.scan.states')}>
        <Select<string[]>
          size="small"
          mode="multiple"
          aria-label={t('flowdesigner.scan.states')}
          placeholder={t('flowdesigner.scan.anyState')}
          value={textsOf(states)}
          showSearch={{ optionFilterProp: 'label' }}
          options={known}
          onChange={(next) => setStates(next.length === 0 ? undefined : next)}
        />
      </Row>
      <Row title={t('flowdesigner.scan.onlyPlace')}>
        <Source
          node={node}
          name="place"
          label={t('flowdesigner.scan.onlyPlace')}
          value={objectOf(place)}
          ways={['field', 'value']}
          onChange={(next) => setPlace(next)}
        />
      </Row>
      <Row title={t('flowdesigner.scan.override')}>
        <Select<string[]>
          size="small"
          mode={roles === null ? 'tags' : 'multiple'}
          aria-label={t('flowdesigner.scan.override')}
          placeholder={t('flowdesigner.scan.overrideHow')}
          value={textsOf(objectOf(override)['roles'])}
          showSearch={{ optionFilterProp: 'label' }}
          options={roles ?? []}
          onChange={(next) => setOverride(next.length === 0 ? undefined : { roles: next })}
        />
      </Row>
    </section>
  );
}
