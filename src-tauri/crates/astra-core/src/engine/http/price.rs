//! What listening elsewhere costs: a price for an hour of audio, in the currency of choice.

use serde::{Deserialize, Serialize};

/// Milliseconds of an hour.
const HOUR_MS: u128 = 3_600_000;

/// Currencies whose hundredths nobody pays with (ISO 4217).
const WITHOUT_CENTS: [&str; 6] = ["COP", "CLP", "CRC", "JPY", "KRW", "PYG"];

/// What an hour of audio costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Price {
    /// Thousandths of the currency for an hour of audio; 0 when nothing is paid, or nobody said what.
    pub hour_milli: u64,
    /// The currency, as ISO 4217.
    pub currency: String,
}

impl Default for Price {
    fn default() -> Self {
        Self { hour_milli: 0, currency: "COP".to_owned() }
    }
}

impl Price {
    /// What so many milliseconds of audio cost, for a person: «1.250 COP», «0,36 USD». None without a price.
    pub fn say(&self, audio_ms: u64) -> Option<String> {
        if self.hour_milli == 0 {
            return None;
        }
        let milli = u128::from(audio_ms) * u128::from(self.hour_milli) / HOUR_MS;
        let whole = WITHOUT_CENTS.contains(&self.currency.as_str());
        // Rounded up: nobody is to pay more than was said.
        let amount = if whole {
            grouped(milli.div_ceil(1_000))
        } else {
            let cents = milli.div_ceil(10);
            format!("{},{:02}", grouped(cents / 100), cents % 100)
        };
        Some(format!("{amount} {}", self.currency))
    }
}

/// A number with a dot before every three digits.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(hour_milli: u64, currency: &str, minutes: u64) -> Option<String> {
        Price { hour_milli, currency: currency.to_owned() }.say(minutes * 60_000)
    }

    #[test]
    fn pesos_are_told_whole_and_dollars_with_cents() {
        assert_eq!(said(1_500_000, "COP", 7 * 60).unwrap(), "10.500 COP");
        assert_eq!(said(360, "USD", 60).unwrap(), "0,36 USD");
        assert_eq!(said(1_234_567_000, "COP", 60).unwrap(), "1.234.567 COP");
    }

    #[test]
    fn a_started_peso_or_cent_counts_whole() {
        assert_eq!(said(1_000, "COP", 1).unwrap(), "1 COP");
        assert_eq!(said(360, "USD", 1).unwrap(), "0,01 USD");
    }

    #[test]
    fn without_a_price_nothing_is_told() {
        assert_eq!(said(0, "COP", 60), None);
    }
}
