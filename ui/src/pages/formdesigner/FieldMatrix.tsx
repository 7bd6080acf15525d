import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { holdsOf } from '../../formdesigner/declared';
import { walk } from '../../formdesigner/tree';
import type { FormField } from '../../forms/model';
import { useDesk } from './desk';

const STATES = ['hidden', 'masked', 'read_only', 'writable'] as const;

interface FieldMatrixProps {
  fields: FormField[];
  states: Record<string, string>;
  onChange: (states: Record<string, string>) => void;
}

/** How a role sees each field; what is simply writable is not written down. */
export function FieldMatrix({ fields, states, onChange }: FieldMatrixProps) {
  const { t } = useTranslation();
  const { kinds } = useDesk();
  const shown = walk(fields).filter((one) => holdsOf(one, kinds) !== 'layout');
  const inner = new Set(
    walk(fields).flatMap((one) =>
      holdsOf(one, kinds) === 'rows' ? (one.fields ?? []).map(({ id }) => id) : [],
    ),
  );
  const set = (ids: string[], state: string) => {
    const next = Object.fromEntries(Object.entries(states).filter(([id]) => !ids.includes(id)));
    for (const id of ids) if (state !== 'writable') next[id] = state;
    onChange(next);
  };
  return (
    <table className="fd-matrix">
      <thead>
        <tr>
          <th>{t('formdesigner.tabField')}</th>
          {STATES.map((state) => (
            <th key={state}>
              <button
                type="button"
                title={t('formdesigner.setAll')}
                onClick={() =>
                  set(
                    shown.map((one) => one.id),
                    state,
                  )
                }
              >
                {t(`formdesigner.state.${state}`)}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one.id}>
            <td className={inner.has(one.id) ? 'fd-inner' : ''}>{one.title}</td>
            {STATES.map((state) => (
              <td key={state}>
                <Radio
                  aria-label={`${one.title} ${t(`formdesigner.state.${state}`)}`}
                  checked={(states[one.id] ?? 'writable') === state}
                  onChange={() => set([one.id], state)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
