/** Tests of protection that need the kernel. */
@NullMarked
package io.arbalest.antispoof;

import org.jspecify.annotations.NullMarked;
