import { useReactFlow, useViewport } from '@xyflow/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';

/** How large the drawing is: smaller, larger, as a whole. */
export function Zoom({ onFit, onHelp }: { onFit: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  const { zoom } = useViewport();
  return (
    <div className="fw-zoom" role="group" aria-label={t('flowdesigner.zoom')}>
      <Button
        type="text"
        size="small"
        aria-label={t('flowdesigner.smaller')}
        icon={<Icon name="minus" size={14} />}
        disabled={zoom <= 0.501}
        onClick={() => void zoomOut()}
      />
      <button
        type="button"
        className="number"
        title={t('flowdesigner.fullSize')}
        onClick={() => void zoomTo(1)}
      >
        {Math.round(zoom * 100)}%
      </button>
      <Button
        type="text"
        size="small"
        aria-label={t('flowdesigner.larger')}
        icon={<Icon name="plus" size={14} />}
        disabled={zoom >= 2.999}
        onClick={() => void zoomIn()}
      />
      <Button type="text" size="small" icon={<Icon name="fit" size={14} />} onClick={onFit}>
        {t('flowdesigner.fit')}
      </Button>
      <Button
        type="text"
        size="small"
        className="only-desk"
        aria-label={t('flowdesigner.keys.title')}
        title={`${t('flowdesigner.keys.title')} ?`}
        icon={<Icon name="keyboard" size={16} />}
        onClick={onHelp}
      />
    </div>
  );
}
