import { useTranslation } from 'react-i18next';
import type { Option } from '../../../formdesigner/declared';
import { say } from '../../../formdesigner/declared';
import type { FlowNode } from '../../../flowdesigner/tree';
import { useDesk } from '../desk';
import type { OptionInputProps } from './OptionInput';
import { OptionInput } from './OptionInput';

/** Options that have a tab of their own. */
export const ELSEWHERE = new Set(['fields', 'buttons', 'due', 'sign', 'phrases', 'ratio']);

interface OptionsProps {
  node: FlowNode;
  /** Options that are drawn elsewhere. */
  without?: ReadonlySet<string>;
}

/** What can be set for a step, made of what its kind declares. */
export function Options({ node, without = ELSEWHERE }: OptionsProps) {
  const { kinds, dispatch } = useDesk();
  const kind = kinds.get(node.kind);
  return (
    <OptionRows
      node={node}
      options={(kind?.options ?? []).filter((one) => !without.has(one.name))}
      values={node.options}
      onChange={(name, value) =>
        dispatch({ do: 'option', id: node.id, values: { [name]: value }, step: `${name} ${node.id}` })
      }
    />
  );
}

interface OptionRowsProps {
  node: FlowNode;
  options: readonly Option[];
  values: Record<string, unknown>;
  onChange: (name: string, value: unknown) => void;
  /** How one of them is entered. */
  input?: React.ComponentType<OptionInputProps>;
}

/** What needs a line of its own below its title. */
const TALL = new Set([
  ...['formula', 'template', 'long_text', 'people', 'filter', 'assignments', 'triggers', 'object', 'texts'],
]);

/** Declared options, one below the other. */
export function OptionRows({
  node,
  options,
  values,
  onChange,
  input: Entered = OptionInput,
}: OptionRowsProps) {
  const { t, i18n } = useTranslation();
  if (options.length === 0) return <p className="hint">{t('flowdesigner.nothingToSet')}</p>;
  return (
    <div className="fw-rows">
      {options.map((option) => {
        const hint = say(option.hint, i18n.language);
        return (
          <div key={option.name} className={TALL.has(option.type) ? 'fw-row fw-tall' : 'fw-row'}>
            <span className="fw-row-title">
              {say(option.title, i18n.language)}
              {option.required && <i className="fw-red"> *</i>}
            </span>
            <div className="fw-row-value">
              <Entered
                node={node}
                option={option}
                values={values}
                value={values[option.name] ?? option.default}
                onChange={(value) => onChange(option.name, value)}
              />
              {hint !== '' && <p className="hint">{hint}</p>}
            </div>
          </div>
        );
      })}
    </div>
  );
}
