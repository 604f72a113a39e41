//! The numbers of a scripted model: random ones, but for the positions of the decoder.

use std::io::Write;

use anyhow::Result;

/// The shape of `base`.
pub(super) const VOCABULARY: usize = 51_865;
const AUDIO_CONTEXT: usize = 1_500;
pub(super) const TEXT_CONTEXT: usize = 448;
const WIDTH: usize = 512;
const HEADS: usize = 8;
const LAYERS: usize = 6;
pub(super) const MELS: usize = 80;

/// How much larger a position is than the token it points to. The layers in between add noise of
/// the size of 1 to numbers of the size of 19.
const LOUDNESS: f32 = 400.0;

/// ggml's numbers for kinds of tensors.
const F32: u32 = 0;
const F16: u32 = 1;

/// The numbers of a model on their way into a file.
pub(super) struct Weights<W> {
    out: W,
    random: Random,
}

impl<W: Write> Weights<W> {
    /// Will write to `out`.
    pub(super) fn into(out: W) -> Self {
        Self { out, random: Random(0x5eed) }
    }

    /// Writes the whole model: `middle` is what lies between its dimensions and its tensors, and
    /// `script` the token to say on each position.
    ///
    /// # Errors
    /// Those of writing.
    pub(super) fn write(mut self, middle: &[u8], script: &[usize]) -> Result<()> {
        let dimensions =
            [VOCABULARY, AUDIO_CONTEXT, WIDTH, HEADS, LAYERS, TEXT_CONTEXT, WIDTH, HEADS, LAYERS, MELS, F16 as usize];
        self.numbers(&[0x6767_6d6c])?;
        self.numbers(&dimensions.map(|dimension| dimension as u32))?;
        self.out.write_all(middle)?;
        self.encoder()?;
        self.decoder(script)?;
        self.out.flush()?;
        Ok(())
    }

    fn encoder(&mut self) -> Result<()> {
        self.random_f32("encoder.positional_embedding", &[WIDTH, AUDIO_CONTEXT], 0.1)?;
        self.matrix("encoder.conv1.weight", &[3, MELS, WIDTH])?;
        self.random_f32("encoder.conv1.bias", &[1, WIDTH], 0.1)?;
        self.matrix("encoder.conv2.weight", &[3, WIDTH, WIDTH])?;
        self.random_f32("encoder.conv2.bias", &[1, WIDTH], 0.1)?;
        for layer in 0..LAYERS {
            self.attention(&format!("encoder.blocks.{layer}.attn"))?;
            self.mlp(&format!("encoder.blocks.{layer}.mlp"))?;
        }
        self.norm("encoder.ln_post")
    }

    fn decoder(&mut self, script: &[usize]) -> Result<()> {
        self.tensor("decoder.positional_embedding", &[WIDTH, TEXT_CONTEXT], F32)?;
        for token in script {
            for bits in embedding(*token) {
                self.out.write_all(&(LOUDNESS * f32_of(bits)).to_le_bytes())?;
            }
        }
        self.tensor("decoder.token_embedding.weight", &[WIDTH, VOCABULARY], F16)?;
        for token in 0..VOCABULARY {
            for bits in embedding(token) {
                self.out.write_all(&bits.to_le_bytes())?;
            }
        }
        for layer in 0..LAYERS {
            self.attention(&format!("decoder.blocks.{layer}.attn"))?;
            self.attention(&format!("decoder.blocks.{layer}.cross_attn"))?;
            self.mlp(&format!("decoder.blocks.{layer}.mlp"))?;
        }
        self.norm("decoder.ln")
    }

    fn attention(&mut self, name: &str) -> Result<()> {
        self.norm(&format!("{name}_ln"))?;
        for part in ["query", "key", "value", "out"] {
            self.matrix(&format!("{name}.{part}.weight"), &[WIDTH, WIDTH])?;
            if part != "key" {
                self.random_f32(&format!("{name}.{part}.bias"), &[WIDTH], 0.02)?;
            }
        }
        Ok(())
    }

    fn mlp(&mut self, name: &str) -> Result<()> {
        self.norm(&format!("{name}_ln"))?;
        self.matrix(&format!("{name}.0.weight"), &[WIDTH, 4 * WIDTH])?;
        self.random_f32(&format!("{name}.0.bias"), &[4 * WIDTH], 0.02)?;
        self.matrix(&format!("{name}.2.weight"), &[4 * WIDTH, WIDTH])?;
        self.random_f32(&format!("{name}.2.bias"), &[WIDTH], 0.02)
    }

    fn norm(&mut self, name: &str) -> Result<()> {
        self.tensor(&format!("{name}.weight"), &[WIDTH], F32)?;
        self.out.write_all(&1_f32.to_le_bytes().repeat(WIDTH))?;
        self.tensor(&format!("{name}.bias"), &[WIDTH], F32)?;
        self.out.write_all(&0_f32.to_le_bytes().repeat(WIDTH))?;
        Ok(())
    }

    /// Halves of random sign between 1/64 and 1/32, about what trained weights of this width have.
    fn matrix(&mut self, name: &str, shape: &[usize]) -> Result<()> {
        self.tensor(name, shape, F16)?;
        for _ in 0..shape.iter().product() {
            let bits = 0x2400 | (self.random.bits() & 0x83ff);
            self.out.write_all(&bits.to_le_bytes())?;
        }
        Ok(())
    }

    /// Numbers between −`size` and `size`.
    fn random_f32(&mut self, name: &str, shape: &[usize], size: f32) -> Result<()> {
        self.tensor(name, shape, F32)?;
        for _ in 0..shape.iter().product() {
            let number = (f32::from(self.random.bits()) / 32_768.0 - 1.0) * size;
            self.out.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }

    /// The header of a tensor; its shape begins with the dimension whose numbers are neighbours.
    fn tensor(&mut self, name: &str, shape: &[usize], kind: u32) -> Result<()> {
        self.numbers(&[shape.len() as u32, name.len() as u32, kind])?;
        for size in shape {
            self.numbers(&[*size as u32])?;
        }
        self.out.write_all(name.as_bytes())?;
        Ok(())
    }

    fn numbers(&mut self, numbers: &[u32]) -> Result<()> {
        for number in numbers {
            self.out.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }
}

/// The row of a token: halves of random sign between 1/32 and 1/16, always the same for the same
/// token, since positions point to it. Its length is about 1, so that the token pointed to gets
/// 24 where the others get about 1.
fn embedding(token: usize) -> impl Iterator<Item = u16> {
    let mut random = Random(token as u64 + 1);
    (0..WIDTH).map(move |_| 0x2800 | (random.bits() & 0x83ff))
}

/// The number that a half stands for; none of ours is subnormal or infinite.
fn f32_of(half: u16) -> f32 {
    let half = u32::from(half);
    f32::from_bits((half & 0x8000) << 16 | (((half >> 10) & 0x1f) + 112) << 23 | (half & 0x3ff) << 13)
}

/// SplitMix64 (Steele, Lea and Flood, 2014): short, and the same on every machine.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u16 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 16) as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read_as_they_are_written() {
        assert_eq!(f32_of(0x2800), 1.0 / 32.0);
        assert_eq!(f32_of(0xa400), -1.0 / 64.0);
    }
}
