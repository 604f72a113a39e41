//! An exact number that is not negative: no floating point ever touches a figure.

/// So many units of a power of ten, in its shortest form: equal numbers are equal values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: u64,
    places: u8,
}

impl Decimal {
    /// `units` divided by ten `places` times.
    pub fn new(mut units: u64, mut places: u8) -> Self {
        while places > 0 && units.is_multiple_of(10) {
            units /= 10;
            places -= 1;
        }
        Self { units, places }
    }

    /// The digits without the mark: 125 for 12.5.
    pub fn units(self) -> u64 {
        self.units
    }

    /// How many of the digits stand after the mark: 1 for 12.5.
    pub fn places(self) -> u8 {
        self.places
    }

    /// The number, if nothing stands after the mark.
    pub fn whole(self) -> Option<u64> {
        (self.places == 0).then_some(self.units)
    }

    /// The number in hundredths, if they are enough to say it.
    pub fn hundredths(self) -> Option<u64> {
        self.units.checked_mul(10_u64.pow(2_u8.checked_sub(self.places)?.into()))
    }

    /// The number without what stands after the mark.
    pub fn floor(self) -> u64 {
        10_u64.checked_pow(self.places.into()).map_or(0, |power| self.units / power)
    }

    /// The sum, if it is not too large to be held.
    pub fn plus(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        Some(Self::new(self.with_places(places)?.checked_add(other.with_places(places)?)?, places))
    }

    /// The product, if it is not too large to be held.
    pub fn times(self, factor: u64) -> Option<Self> {
        let mut factor = factor;
        let mut places = self.places;
        // Half a million of millionths stays small when the tens are taken out before the product.
        while places > 0 && factor.is_multiple_of(10) && factor > 0 {
            factor /= 10;
            places -= 1;
        }
        Some(Self::new(self.units.checked_mul(factor)?, places))
    }

    /// The units when so many digits stand after the mark.
    fn with_places(self, places: u8) -> Option<u64> {
        self.units.checked_mul(10_u64.checked_pow(places.checked_sub(self.places)?.into())?)
    }
}

impl From<u64> for Decimal {
    fn from(whole: u64) -> Self {
        Self { units: whole, places: 0 }
    }
}
