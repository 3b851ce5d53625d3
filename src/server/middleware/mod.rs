//! Layers around every request.
