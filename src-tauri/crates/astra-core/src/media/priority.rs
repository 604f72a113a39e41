//! How much of the computer a program that Astra starts may take from the others. Listening takes every core, so it
//! steps back behind whatever the secretary is doing; a rendition steps back behind listening.

use process_wrap::std::{CommandWrap, CommandWrapper};

/// Before whom a program gets the processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// As everyone: somebody waits for it now.
    Usual,
    /// Behind what somebody works with: listening.
    Low,
    /// Behind that too: renditions.
    Lowest,
}

impl Priority {
    /// Has a program start with it. On Unix it must lead a process group of its own.
    pub(crate) fn wrap(self, command: &mut CommandWrap) {
        #[cfg(unix)]
        command.wrap(Niced(self));
        #[cfg(windows)]
        command.wrap(process_wrap::std::CreationFlags(self.class()));
    }

    #[cfg(unix)]
    fn nice(self) -> i32 {
        match self {
            Self::Usual => 0,
            Self::Low => 5,
            Self::Lowest => 15,
        }
    }

    #[cfg(windows)]
    fn class(self) -> windows::Win32::System::Threading::PROCESS_CREATION_FLAGS {
        use windows::Win32::System::Threading::{
            BELOW_NORMAL_PRIORITY_CLASS, IDLE_PRIORITY_CLASS, PROCESS_CREATION_FLAGS,
        };

        match self {
            Self::Usual => PROCESS_CREATION_FLAGS(0),
            Self::Low => BELOW_NORMAL_PRIORITY_CLASS,
            Self::Lowest => IDLE_PRIORITY_CLASS,
        }
    }
}

/// Steps back as soon as the program runs, with every thread that it has begun meanwhile: the whole group is told.
#[cfg(unix)]
#[derive(Debug)]
struct Niced(Priority);

#[cfg(unix)]
impl CommandWrapper for Niced {
    fn post_spawn(
        &mut self,
        _: &mut std::process::Command,
        child: &mut std::process::Child,
        _: &CommandWrap,
    ) -> std::io::Result<()> {
        use rustix::process::{Pid, getpriority_process, setpriority_pgrp};

        // Whoever started Astra with less wants less of these too.
        let nice = getpriority_process(None).map_or(self.0.nice(), |own| own.max(self.0.nice()));
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        // A program that has ended already needs none.
        if let Err(error) = setpriority_pgrp(group, nice) {
            tracing::debug!(%error, "a program keeps its priority");
        }
        Ok(())
    }
}
