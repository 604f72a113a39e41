//! Money: «$ 25.000», «mil doscientos millones de pesos», «12,50 €», «tres euros con veinte céntimos».

use super::cardinal::{Reading, below_hundred, number, said_again, scale};
use super::decimal::Decimal;
use super::numeral::Comma;
use super::tokens::Tokens;
use super::{Found, Value};

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// How much, in whole units of the currency and their decimals.
    pub amount: Decimal,
    /// Of what.
    pub currency: Currency,
}

/// What is paid with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Currency {
    /// The peso of whichever country meets.
    Peso,
    /// The euro.
    Euro,
    /// The dollar, which is always said.
    Dollar,
}

/// The amount that begins here: its sign before it or its name after it.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<Found> {
    let (money, next) = signed(tokens, at).or_else(|| named(tokens, at))?;
    Some((Value::Money(money), next + legal_tender(tokens, next)))
}

fn signed(tokens: &Tokens, at: usize) -> Option<(Money, usize)> {
    let (sign, from) = match (tokens.at(at), tokens.at(at + 1)) {
        ("$", "us") if tokens.digits(at + 2).is_some() => (Currency::Dollar, at + 2),
        ("$", _) => (Currency::Peso, at + 1),
        ("€" | "eur", _) => (Currency::Euro, at + 1),
        ("us" | "usd", "$") | ("usd", _) => (Currency::Dollar, at + 1 + usize::from(tokens.at(at + 1) == "$")),
        ("cop", _) => (Currency::Peso, at + 1 + usize::from(tokens.at(at + 1) == "$")),
        _ => return None,
    };
    let reading = said_again(tokens, number(tokens, from, comma(sign))?);
    let (currency, next) = unit(tokens, &reading).unwrap_or((sign, reading.next));
    Some((Money { amount: reading.value, currency }, next))
}

fn named(tokens: &Tokens, at: usize) -> Option<(Money, usize)> {
    let plain = with_cents_inside(tokens, said_again(tokens, number(tokens, at, Comma::Thousands)?));
    if let Some((currency, next)) = cents_unit(tokens, plain.next).filter(|_| plain.value.whole().is_some()) {
        let amount = Decimal::new(plain.value.whole()?, 2);
        return Some((Money { amount, currency }, next));
    }
    let (currency, next) = unit(tokens, &plain)?;
    // «tiene un peso importante» weighs, it does not cost.
    if plain.lone_one && currency == Currency::Peso {
        return None;
    }
    let reading = match comma(currency) {
        Comma::Thousands => plain,
        decimals => with_cents_inside(tokens, said_again(tokens, number(tokens, at, decimals)?)),
    };
    let money = Money { amount: reading.value, currency };
    Some(with_cents_after(tokens, money, next))
}

/// The comma of an amount in euros is written where decimals begin; pesos have none worth writing.
fn comma(currency: Currency) -> Comma {
    if currency == Currency::Euro { Comma::Decimals } else { Comma::Thousands }
}

/// The currency named after a number, «de» standing between only after «millones».
fn unit(tokens: &Tokens, reading: &Reading) -> Option<(Currency, usize)> {
    let round = reading.next > 0
        && (scale(tokens.before(reading.next, 1)).is_some() || matches!(tokens.before(reading.next, 1), ")" | "medio"));
    let at = reading.next + usize::from(round && tokens.at(reading.next) == "de");
    let currency = match tokens.at(at) {
        "peso" | "pesos" | "cop" => Currency::Peso,
        "euro" | "euros" | "€" | "eur" => Currency::Euro,
        "dolar" | "dolares" | "usd" => Currency::Dollar,
        _ => return None,
    };
    Some((currency, at + 1))
}

fn cents_unit(tokens: &Tokens, at: usize) -> Option<(Currency, usize)> {
    match tokens.at(at) {
        "centimo" | "centimos" => Some((Currency::Euro, at + 1)),
        "centavo" | "centavos" => Some((Currency::Peso, at + 1)),
        _ => None,
    }
}

/// «doce con cincuenta euros».
fn with_cents_inside(tokens: &Tokens, reading: Reading) -> Reading {
    if tokens.at(reading.next) != "con" || reading.value.places() > 0 {
        return reading;
    }
    let cents = below_hundred(tokens, reading.next + 1)
        .filter(|(cents, next)| *cents >= 10 && matches!(tokens.at(*next), "euro" | "euros" | "€" | "dolares"));
    match cents.and_then(|(cents, next)| Some((reading.value.plus(Decimal::new(cents, 2))?, next))) {
        Some((value, next)) => Reading { value, next, lone_one: false },
        None => reading,
    }
}

/// «tres euros con veinte», «tres euros y cinco céntimos».
fn with_cents_after(tokens: &Tokens, money: Money, next: usize) -> (Money, usize) {
    let plain = (money, next);
    if money.amount.whole().is_none() || !matches!(tokens.at(next), "con" | "y") {
        return plain;
    }
    let Some((cents, end)) = below_hundred(tokens, next + 1) else { return plain };
    let end = match cents_unit(tokens, end) {
        Some((_, end)) => end,
        // Without their name cents are only believed when two digits say them and nothing is counted.
        None if tokens.at(next) == "con" && cents >= 10 && !tokens.is_word(end) => end,
        None => return plain,
    };
    match money.amount.plus(Decimal::new(cents, 2)) {
        Some(amount) => (Money { amount, ..money }, end),
        None => plain,
    }
}

/// How many tokens say that the money is the country's own: «m/cte», «moneda corriente».
fn legal_tender(tokens: &Tokens, at: usize) -> usize {
    if tokens.are(at, &["m", "/", "cte"]) {
        3 + usize::from(tokens.at(at + 3) == "." && tokens.glued(at + 3))
    } else if tokens.at(at) == "moneda" && matches!(tokens.at(at + 1), "corriente" | "legal") {
        2
    } else {
        0
    }
}
