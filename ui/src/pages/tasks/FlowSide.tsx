import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemAlert } from '../../components/ProblemAlert';
import { DrawnFlow } from '../../flows/DrawnFlow';
import { useInstance } from '../../flows/queries';
import { Timeline } from '../../flows/Timeline';
import { useIsPhone } from '../../components/useIsPhone';

/** How far the flow has come, beside the task: as a timeline or as it was drawn. */
export function FlowSide({ instance }: { instance: number }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [drawn, setDrawn] = useState(false);
  const found = useInstance(instance);
  return (
    <aside className="card task-side" aria-label={t('tasks.flowTitle')}>
      <header className="task-part">
        <h2>{t('tasks.flowTitle')}</h2>
        <span className="grow" />
        {!phone && (
          <Segmented
            size="small"
            value={drawn ? 'drawn' : 'line'}
            onChange={(value) => setDrawn(value === 'drawn')}
            options={[
              { value: 'line', label: t('flows.progress') },
              { value: 'drawn', label: t('flows.drawing') },
            ]}
          />
        )}
        <Link className="task-see" to={`/flows/${instance}`}>
          {phone ? t('flows.seeDrawing') : t('flows.whole')} ›
        </Link>
      </header>
      {found.isError && <ProblemAlert problem={found.error} />}
      {found.data !== undefined &&
        (drawn ? <DrawnFlow instance={found.data} small /> : <Timeline instance={found.data} />)}
    </aside>
  );
}
