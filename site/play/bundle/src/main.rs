//! Takes a compiled module apart into what a page loads: WebAssembly, and the JavaScript that calls it.
//!
//! What the command `wasm-bindgen` does, in the version that the module was compiled with.

use std::env::args;
use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let [_, module, folder] =
        args().collect::<Vec<_>>().try_into().map_err(|_| "usage: bundle MODULE FOLDER")?;
    Bindgen::new()
        .input_path(module)
        .out_name("linter")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The page has the bytes already: nothing is fetched.
        .omit_default_module_path(true)
        // After a panic, the page goes on with a new instance.
        .reset_state_function(true)
        .generate(folder)?;
    Ok(())
}
