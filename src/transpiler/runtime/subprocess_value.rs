//! needs: subprocess, value, convert, types
//! What a program gave, where Values are used.
use super::subprocess::CompletedProcess;

super::convert::opaque_value!(CompletedProcess, "CompletedProcess");
