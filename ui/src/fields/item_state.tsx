import { useTranslation } from 'react-i18next';
import { ItemState } from '../components/ItemState';
import type { ShowProps } from '../forms/control';
import { asText } from '../forms/model';
import { Input } from './derived';

export const shape = 'derived';

export { Input };

/** The present state, quality or place of an item (物品状态), in the words and colours that it has everywhere. */
export function Show({ field, value }: ShowProps) {
  const { t } = useTranslation();
  const text = asText(value);
  const shows = field.options?.['shows'] ?? 'state';
  if (shows === 'state' && text !== '') return <ItemState state={text} />;
  if (shows === 'quality') return t(`quality.${text}`, { defaultValue: text });
  return text;
}
