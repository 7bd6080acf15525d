import { useTranslation } from 'react-i18next';
import type { Right } from './calls';

/** Names a right: an operation by the word that every page has for it, else as the server calls it. */
export function useRightName(rights: Right[]): (right: string) => string {
  const { t } = useTranslation();
  return (right) => {
    const [family, kind = ''] = right.split('.');
    const given = rights.find((one) => one.right === right)?.name ?? right;
    return family === 'operation' ? t(`operation.${kind}`, { defaultValue: given }) : given;
  };
}
