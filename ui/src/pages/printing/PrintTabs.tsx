import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';

const PAGES = { '/print': 'jobs', '/print/log': 'log', '/print/printers': 'printers' } as const;

/** The three pages about printing, one tab each. */
export function PrintTabs() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <Tabs
      className="print-tabs"
      activeKey={pathname}
      onChange={(path) => void navigate(path)}
      items={Object.entries(PAGES).map(([key, name]) => ({ key, label: t(`printing.${name}`) }))}
    />
  );
}
