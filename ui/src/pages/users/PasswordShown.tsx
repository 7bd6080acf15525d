import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Code } from '../../components/Code';

interface PasswordShownProps {
  shown: { username: string; password: string } | null;
  onClose: () => void;
}

/** A made-up password, shown this once. */
export function PasswordShown({ shown, onClose }: PasswordShownProps) {
  const { t } = useTranslation();
  return (
    <Modal
      open={shown !== null}
      title={t('users.passwordFor', { user: shown?.username ?? '' })}
      closable={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('users.noted')}
        </Button>
      }
    >
      <div className="stack">
        <Code value={shown?.password ?? ''} diffFrom="" size="large" />
        <p className="muted">{t('users.passwordOnce')}</p>
      </div>
    </Modal>
  );
}
