import { type Product, productNames } from '@hub/contract/products';
import {
  IconDeviceDesktop,
  IconHeadset,
  IconLanguage,
  IconMessage,
  IconPhone,
  IconPhoneCall,
  IconPresentation,
  IconVideo,
} from '@tabler/icons-react';

const icons: Record<Product, typeof IconPhone> = {
  calling: IconPhone,
  call_on_webex: IconPhoneCall,
  meetings: IconVideo,
  webinars: IconPresentation,
  messaging: IconMessage,
  real_time_translations: IconLanguage,
  contact_center: IconHeadset,
  devices: IconDeviceDesktop,
};

/** A product by its icon; its name is told on pointing at it and to screen readers. */
export function ProductMarks({ products }: { products: readonly Product[] }) {
  return (
    <span className="product-marks">
      {products.map((product) => {
        const Icon = icons[product];
        return (
          <span key={product} title={productNames[product]}>
            <Icon size={16} stroke={1.6} aria-hidden="true" />
            <span className="unseen">{productNames[product]}</span>
          </span>
        );
      })}
    </span>
  );
}
