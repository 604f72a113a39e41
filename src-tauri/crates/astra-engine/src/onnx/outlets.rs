//! What a model takes and gives, compared with what it must when it is loaded: computing would fail of it too, but chunk by
//! chunk, and as if the chunk were to blame.

use std::fmt::{self, Display, Formatter};
use std::path::Path;

use astra_core::engine::EngineError;
use ort::session::Session;
use ort::value::{Outlet, TensorElementType};

/// What an input or an output must be. What a model leaves open is as it must be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// What its numbers are.
    pub(crate) kind: TensorElementType,
    /// The size of each dimension.
    pub(crate) sizes: &'a [Size],
}

/// What the size of a dimension must be where the model has fixed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// This one.
    Exactly(usize),
    /// None: it is another one each time.
    Varying,
    /// Whichever: what is given is measured anyway.
    Any,
}

impl Size {
    /// The size of what is at most `most`, and may be less unless that is 1.
    pub(crate) fn up_to(most: usize) -> Self {
        if most == 1 { Self::Exactly(1) } else { Self::Varying }
    }

    /// Whether a model may have fixed it like this; below zero it has left it open.
    fn allows(self, fixed: i64) -> bool {
        fixed < 0
            || match self {
                Self::Exactly(size) => usize::try_from(fixed) == Ok(size),
                Self::Varying => false,
                Self::Any => true,
            }
    }
}

/// Whether a model takes these inputs and no other, and gives these outputs.
///
/// # Errors
/// [`EngineError::ModelUnreadable`] naming the first that is missing, too many or not as it must be.
pub(crate) fn check(
    session: &Session,
    path: &Path,
    inputs: &[Wanted<'_>],
    outputs: &[Wanted<'_>],
) -> Result<(), EngineError> {
    let unknown = session.inputs().iter().find(|input| inputs.iter().all(|wanted| wanted.name != input.name()));
    let wrong = [(inputs, session.inputs()), (outputs, session.outputs())]
        .into_iter()
        .flat_map(|(wanted, present)| wanted.iter().map(move |wanted| (wanted, present)))
        .find_map(|(wanted, present)| wanted.refusal_of(present))
        .or_else(|| unknown.map(|input| format!("it asks for {}, which nobody knows", input.name())));
    match wrong {
        Some(reason) => Err(EngineError::ModelUnreadable { model: path.display().to_string(), reason }),
        None => Ok(()),
    }
}

impl Wanted<'_> {
    /// Why the one of its name among `present` is not what it must be.
    fn refusal_of(&self, present: &[Outlet]) -> Option<String> {
        let Some(found) = present.iter().find(|outlet| outlet.name() == self.name) else {
            return Some(format!("it has no {}", self.name));
        };
        let of_kind = found.dtype().tensor_type() == Some(self.kind);
        // One of no dimensions is one whose dimensions nobody wrote down.
        let sizes = found.dtype().tensor_shape().map_or(&[][..], |shape| &shape[..]);
        let of_size = sizes.is_empty()
            || sizes.len() == self.sizes.len() && self.sizes.iter().zip(sizes).all(|(size, fixed)| size.allows(*fixed));
        (!of_kind || !of_size).then(|| format!("its {} is {} and must be {self}", self.name, found.dtype()))
    }
}

/// As ONNX Runtime's own types are written.
impl Display for Wanted<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let size = |size: &Size| match size {
            Size::Exactly(size) => size.to_string(),
            Size::Varying | Size::Any => "any".to_owned(),
        };
        write!(formatter, "Tensor<{}>({})", self.kind, self.sizes.iter().map(size).collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use ort::value::{Shape, SymbolicDimensions, ValueType};

    use super::*;
    use crate::onnx::of_tests;

    /// Why an outlet of 32 bits with these sizes is refused where «frames» of 128 bands are wanted.
    fn refused(name: &str, shape: &[i64]) -> Option<String> {
        // An outlet is written with the library's own words.
        of_tests();
        let sizes = [Size::Any, Size::Exactly(128), Size::Varying];
        let wanted = Wanted { name: "frames", kind: TensorElementType::Float32, sizes: &sizes };
        let (shape, dimension_symbols) = (Shape::new(shape.iter().copied()), SymbolicDimensions::empty(shape.len()));
        let ty = TensorElementType::Float32;
        wanted.refusal_of(&[Outlet::new(name, ValueType::Tensor { ty, shape, dimension_symbols })])
    }

    #[test]
    fn what_is_open_or_as_it_must_be_is_taken() {
        for shape in [&[-1, -1, -1][..], &[-1, 128, -1], &[1, 128, -1], &[]] {
            assert_eq!(refused("frames", shape), None, "{shape:?}");
        }
    }

    #[test]
    fn what_is_fixed_at_another_size_is_refused_with_both() {
        let reason = refused("frames", &[-1, 80, -1]).expect("a refusal");
        assert_eq!(reason, "its frames is Tensor<f32>(dyn, 80, dyn) and must be Tensor<f32>(any, 128, any)");
        for shape in [&[1, 128, 3000][..], &[-1, 128], &[-1, 128, -1, -1]] {
            assert!(refused("frames", shape).is_some(), "{shape:?}");
        }
        assert_eq!(refused("others", &[-1, 128, -1]), Some("it has no frames".to_owned()));
    }

    #[test]
    fn what_is_given_one_at_a_time_may_be_fixed_at_one() {
        assert!(Size::up_to(1).allows(1) && Size::up_to(1).allows(-1) && !Size::up_to(1).allows(2));
        assert!(Size::up_to(8).allows(-1) && !Size::up_to(8).allows(1));
    }
}
