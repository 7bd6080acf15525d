import * as names from './names';
import * as numbers from './numbers';
import type { Check } from './refusal';
import * as texts from './texts';
import * as times from './times';

/** What each kind of field takes, as the server's file of the same name says; of others the server alone knows. */
export const CHECKS: Partial<Record<string, Check>> = {
  text: texts.text,
  long_text: texts.longText,
  code: texts.longText,
  rich_text: texts.richText,
  tags: texts.tags,
  number: numbers.number,
  money: numbers.money,
  percent: numbers.percent,
  rating: numbers.rating,
  measurement: numbers.measurement,
  duration: numbers.duration,
  location: numbers.location,
  date: times.date,
  date_range: times.dateRange,
  datetime: times.moment,
  time: times.time,
  month: times.month,
  choice: names.choice,
  select: names.choice,
  choices: names.choices,
  switch: names.flag,
  cascade: names.cascade,
  email: names.email,
  fault_code: names.faultCode,
  phone: names.phone,
  id_card: names.idCard,
  credit_code: names.creditCode,
  color: names.color,
  link: names.link,
  address: names.address,
};
