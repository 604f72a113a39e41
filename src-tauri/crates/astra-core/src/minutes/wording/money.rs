//! Money: «$ 20.000», «$ 3.106 millones», «20.000 €».

use super::{NO_BREAK, Sums, Wording};
use crate::minutes::figures::{Currency, Decimal, Money};

/// From this on whole millions are said as such.
const MILLION: u64 = 1_000_000;

impl Wording {
    /// A sum with the sign of its currency. Cents are two digits; a sum that needs more keeps them.
    pub fn money(&self, money: Money) -> String {
        let amount = self.amount(money.amount);
        let space = self.currency.space();
        match money.currency {
            Currency::Peso => format!("${space}{amount}"),
            Currency::Dollar => format!("US${space}{amount}"),
            // Behind a word the sign would stand for the word's euros: «3 millones de euros».
            Currency::Euro if amount.ends_with(char::is_alphabetic) => format!("{amount} de euros"),
            Currency::Euro => format!("{amount}{NO_BREAK}€"),
        }
    }

    fn amount(&self, amount: Decimal) -> String {
        match (self.sums, amount.whole()) {
            (Sums::Millions, Some(whole)) if whole >= MILLION && whole.is_multiple_of(MILLION) => {
                let millions = whole / MILLION;
                let word = if millions == 1 { "millón" } else { "millones" };
                format!("{}{NO_BREAK}{word}", self.figures(Decimal::from(millions)))
            }
            _ if amount.places() == 1 => format!("{}0", self.figures(amount)),
            _ => self.figures(amount),
        }
    }
}
