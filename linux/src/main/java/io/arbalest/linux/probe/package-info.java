/**
 * What this kernel can do, found by trying.
 *
 * <p>Each probe asks one question. It returns if the answer is yes, and throws {@link
 * io.arbalest.linux.sys.KernelException} with the kernel's own words if not. Nothing is left behind
 * either way, and no link, namespace or program that exists is touched.
 */
@NullMarked
package io.arbalest.linux.probe;

import org.jspecify.annotations.NullMarked;
