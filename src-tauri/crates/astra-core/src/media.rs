//! ffmpeg and its companions: any recording in, mono samples at 16 kHz out, nothing on disk.
//!
//! ffmpeg reads only what the secretary gave: the protocols and the formats it may open are
//! closed lists, so that a malicious file cannot make it read other files or the network.

pub mod copy;
pub mod decode;
pub mod encode;
pub mod ogg;
pub mod page;
pub mod priority;
pub mod probe;
pub mod program;
mod progress;
pub mod reach;
pub mod render;
pub mod wav;
pub mod whole;

/// The formats a recording may have. Playlists (hls, concat, dash, sdp), images and text are
/// left out on purpose: they point at other files, or hold no speech.
pub const FORMATS: &str = "3gp,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,asf_o,au,avi,caf,dhav,dsf,dts,dv,eac3,flac,flv,\
g722,g723_1,g729,gsm,ircam,loas,matroska,mj2,mov,mp3,mp4,m4a,3g2,mlp,mpeg,mpegts,mpegvideo,mxf,nistsphere,ogg,oma,qcp,\
rm,rso,sox,swf,tak,tta,voc,w64,wav,webm,wsd,wtv,wv,xwma,aa,aax,act,bink,dss,mpc,mpc8,nut,sln,spdif,truehd,vag";
