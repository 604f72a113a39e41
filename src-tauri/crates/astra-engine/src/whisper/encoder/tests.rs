//! The graph against what it draws, in plain loops.

use super::super::weights::tests::small;
use super::*;

type Rows = Vec<Vec<f32>>;

/// Numbers between −1 and 1 that repeat themselves in every run, times `size`.
fn numbers(size: f32) -> impl FnMut() -> f32 {
    let mut seed = 7_u32;
    move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((seed >> 8) as f32 / 8_388_608.0 - 1.0) * size
    }
}

fn encoder(weights: Weights) -> Encoder {
    Encoder::load(onnx::of_tests(), weights, 1).expect("ONNX Runtime takes it")
}

/// Abramowitz and Stegun, «Handbook of Mathematical Functions», 7.1.26.
fn error_function(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let sum =
        [1.061_405_4, -1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6].iter().fold(0.0, |sum, a| (sum + a) * t);
    (1.0 - sum * (-x * x).exp()).copysign(x)
}

fn gelu(rows: &mut Rows) {
    rows.iter_mut().flatten().for_each(|x| *x *= 0.5 * (1.0 + error_function(*x / std::f32::consts::SQRT_2)));
}

fn add(rows: &mut Rows, more: &Rows) {
    rows.iter_mut().flatten().zip(more.iter().flatten()).for_each(|(sum, more)| *sum += more);
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// What the graph draws, in plain loops.
struct Plain(Weights);

impl Plain {
    fn take(&mut self, name: &str) -> Vec<f32> {
        self.0.take(name).expect("a tensor").numbers()
    }

    fn encoded(&mut self, spectrogram: &Rows) -> Rows {
        let rows = self.convolved(spectrogram, "conv1", 1);
        let rows = self.convolved(&rows, "conv2", 2);
        let mut rows: Rows = (0..self.0.frames).map(|frame| rows.iter().map(|row| row[frame]).collect()).collect();
        let places = self.take("positional_embedding").chunks(self.0.width).map(<[f32]>::to_vec).collect();
        add(&mut rows, &places);
        for layer in 0..self.0.layers {
            let name = |part: &str| format!("blocks.{layer}.{part}");
            let normal = self.normal(&rows, &name("attn_ln"));
            let [query, key, value] =
                ["attn.query", "attn.key", "attn.value"].map(|part| self.product(&normal, &name(part)));
            let mixed = self.product(&self.mixed(&query, &key, &value), &name("attn.out"));
            add(&mut rows, &mixed);
            let normal = self.normal(&rows, &name("mlp_ln"));
            let mut wide = self.product(&normal, &name("mlp.0"));
            gelu(&mut wide);
            let narrow = self.product(&wide, &name("mlp.2"));
            add(&mut rows, &narrow);
        }
        self.normal(&rows, "ln_post")
    }

    /// Rows are channels here, and not frames.
    fn convolved(&mut self, channels: &Rows, name: &str, stride: usize) -> Rows {
        let (weight, bias) = (self.take(&format!("{name}.weight")), self.take(&format!("{name}.bias")));
        let length = channels[0].len();
        let padded: Rows = channels.iter().map(|channel| [&[0.0], channel.as_slice(), &[0.0]].concat()).collect();
        let of = |(kernels, bias): (&[f32], &f32)| {
            let at = |place: usize| -> f32 {
                kernels.chunks(3).zip(&padded).map(|(kernel, channel)| dot(kernel, &channel[place..place + 3])).sum()
            };
            (0..length).step_by(stride).map(|place| at(place) + bias).collect()
        };
        let mut made: Rows = weight.chunks(3 * channels.len()).zip(&bias).map(of).collect();
        gelu(&mut made);
        made
    }

    fn normal(&mut self, rows: &Rows, name: &str) -> Rows {
        let (weight, bias) = (self.take(&format!("{name}.weight")), self.take(&format!("{name}.bias")));
        let of = |row: &Vec<f32>| {
            let mean = row.iter().sum::<f32>() / row.len() as f32;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / row.len() as f32;
            let scaled = row.iter().map(|x| (x - mean) / (variance + VARIANCE_ADDED).sqrt());
            scaled.zip(&weight).zip(&bias).map(|((x, weight), bias)| x * weight + bias).collect()
        };
        rows.iter().map(of).collect()
    }

    fn product(&mut self, rows: &Rows, name: &str) -> Rows {
        let weight = self.take(&format!("{name}.weight"));
        let bias = self.0.take(&format!("{name}.bias")).map(|bias| bias.numbers());
        let matrix: Vec<&[f32]> = weight.chunks(rows[0].len()).collect();
        let mut product: Rows = rows.iter().map(|row| matrix.iter().map(|line| dot(line, row)).collect()).collect();
        if let Ok(bias) = bias {
            product.iter_mut().for_each(|row| row.iter_mut().zip(&bias).for_each(|(x, bias)| *x += bias));
        }
        product
    }

    fn mixed(&self, query: &Rows, key: &Rows, value: &Rows) -> Rows {
        let wide = self.0.width / self.0.heads;
        let mut mixed = vec![vec![0.0; self.0.width]; query.len()];
        for head in (0..self.0.heads).map(|head| head * wide..(head + 1) * wide) {
            for (query, mixed) in query.iter().zip(&mut mixed) {
                let odds: Vec<f32> = key
                    .iter()
                    .map(|key| (dot(&query[head.clone()], &key[head.clone()]) / (wide as f32).sqrt()).exp())
                    .collect();
                let all: f32 = odds.iter().sum();
                for (odds, value) in odds.iter().zip(value) {
                    mixed[head.clone()]
                        .iter_mut()
                        .zip(&value[head.clone()])
                        .for_each(|(sum, x)| *sum += x * odds / all);
                }
            }
        }
        mixed
    }
}

#[test]
fn it_computes_what_plain_loops_compute() {
    let weights = || small(numbers(0.3));
    let (bands, frames) = (weights().bands, weights().frames);
    let mut number = numbers(1.0);
    let spectrogram: Rows = (0..bands).map(|_| (0..2 * frames).map(|_| number()).collect()).collect();
    let expected = Plain(weights()).encoded(&spectrogram).concat();
    let mut encoded = vec![0.0; expected.len()];
    let encoder = encoder(weights());
    let options = RunOptions::new().expect("options");
    encoder.encode(&spectrogram.concat(), &mut encoded, &options).expect("it encodes");
    let apart = |one: &[f32], other: &[f32]| -> f32 {
        let (apart, size) =
            one.iter().zip(other).fold((0.0, 0.0), |(apart, size), (x, y)| (apart + (x - y).powi(2), size + y * y));
        (apart / size).sqrt()
    };
    // Bytes with a scale for every 32 of them are a hundredth away, in each product.
    assert!(apart(&encoded, &expected) < 0.03, "{}", apart(&encoded, &expected));
}

/// The products of rows of [`BLOCK`] values with the rows of a matrix, as ONNX Runtime computes them.
fn products(rows: &[f32], matrix: &[f32]) -> Vec<f32> {
    let environment = onnx::of_tests();
    let (count, height) = (rows.len() / BLOCK, matrix.len() / BLOCK);
    let mut weights = Weights::of_one("matrix.weight", &[height, BLOCK], matrix);
    let mut draft = Draft { graph: Graph::new().expect("a graph"), weights: &mut weights, values: 0 };
    let (taken, given) = ([1, count as i64, BLOCK as i64], [1, count as i64, height as i64]);
    draft.graph.set_inputs([outlet("rows", taken)]).expect("an input");
    draft.graph.set_outputs([outlet("products", given)]).expect("an output");
    let product = draft.product("rows", "matrix").expect("a product");
    let named = Node::new("Identity", ONNX_DOMAIN, "products", [product], ["products"], []).expect("a node");
    draft.graph.add_node(named).expect("room");
    let mut session = ready(draft.graph, environment, 1).expect("a session");
    let rows = TensorRef::from_array_view(([1, count, BLOCK], rows)).expect("rows");
    let outputs = session.run(inputs! { "rows" => rows }).expect("it computes");
    outputs["products"].try_extract_tensor::<f32>().expect("numbers").1.to_vec()
}

#[test]
fn numbers_at_their_limits_are_multiplied_as_they_are() {
    // A product of two bytes fits into sixteen bits; the sum of two such products may not.
    let all = |sign: f32| vec![sign; BLOCK];
    let turned: Vec<f32> = (0..BLOCK).map(|at| if at % 4 < 2 { 1.0 } else { -1.0 }).collect();
    let rows = [all(1.0), all(-1.0), turned.clone()];
    for count in 1..=rows.len() {
        let some = &rows[..count];
        let computed = products(&some.concat(), &rows.concat());
        let expected: Vec<f32> = some.iter().flat_map(|row| rows.iter().map(|line| dot(line, row))).collect();
        for (computed, expected) in computed.iter().zip(&expected) {
            assert!((computed - expected).abs() < 0.4, "{computed} and not {expected}");
        }
    }
}

#[test]
fn weights_that_lack_one_are_no_encoder() {
    let mut weights = small(numbers(0.3));
    weights.take("blocks.1.mlp.0.weight").expect("a tensor");
    let reason = Encoder::load(onnx::of_tests(), weights, 1).err().expect("an error");
    assert!(reason.contains("blocks.1.mlp.0.weight is missing"), "{reason}");
}
