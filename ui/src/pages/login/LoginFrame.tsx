import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { Seal } from '../../components/Seal';
import { setLanguage } from '../../i18n';
import './login.css';

/** The frame of signing in: a ruled page of a ledger, sealed at its end, and the form beside it. */
export function LoginFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app')}`;
  }, [title, t]);
  const english = i18n.language === 'en';
  return (
    <div className="login">
      <aside className="login-ledger" aria-hidden="true">
        <div className="login-sheet">
          <div className="login-verse">
            <span>一物一码</span>
            <span>有始有终</span>
          </div>
          <div className="login-seal">
            <Seal size={64} />
          </div>
        </div>
      </aside>
      <main className="login-side">
        <div className="login-form">
          <span className="only-phone">
            <Seal size={48} />
          </span>
          <h1>{title}</h1>
          {children}
        </div>
        <footer>
          <span>{t('login.private')}</span>
          <Button
            type="text"
            size="small"
            icon={<Icon name="globe" size={16} />}
            onClick={() => void setLanguage(english ? 'zh-CN' : 'en')}
          >
            {english ? '简体中文' : 'English'}
          </Button>
        </footer>
      </main>
    </div>
  );
}
