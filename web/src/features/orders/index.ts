export { InvoiceList } from './invoice-list.tsx';
export { OrderList } from './order-list.tsx';
