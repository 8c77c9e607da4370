//! The JSON front end through its public interface.

mod faults;
mod generate;
mod hostile;
mod properties;
