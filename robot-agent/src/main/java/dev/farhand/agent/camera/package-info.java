/** Sources of pictures: {@link dev.farhand.agent.camera.Camera} and those that need no hardware. */
@NullMarked
package dev.farhand.agent.camera;

import org.jspecify.annotations.NullMarked;
