import { useTranslation } from 'react-i18next';
import type { InstanceState } from './api';
import './flows.css';

/** Where a running flow stands: one coloured dot and a word. */
export function FlowState({ state }: { state: InstanceState }) {
  const { t } = useTranslation();
  return (
    <span className={`flow-state flow-state-${state}`}>
      <i aria-hidden="true" />
      {t(`flows.state.${state}`, { defaultValue: state })}
    </span>
  );
}
