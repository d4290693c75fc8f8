package io.arbalest.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may import whom. The picture is in ARCHITECTURE.md. */
class ArrowsTest {
  private static JavaClasses production;

  @BeforeAll
  static void importClasses() {
    production =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.arbalest");
  }

  @Test
  void shouldPointTheArrowsDown() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("linux")
        .definedBy("io.arbalest.linux..")
        .layer("vnic")
        .definedBy("io.arbalest.vnic..")
        .layer("antispoof")
        .definedBy("io.arbalest.antispoof..")
        .layer("overlay-vxlan")
        .definedBy("io.arbalest.overlay..")
        .layer("zone-core")
        .definedBy("io.arbalest.zone..")
        .layer("cli")
        .definedBy("io.arbalest.cli..")
        .layer("netns-tests")
        .definedBy("io.arbalest.testing..")
        .whereLayer("netns-tests")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("netns-tests")
        .whereLayer("zone-core")
        .mayOnlyBeAccessedByLayers("cli", "netns-tests")
        .whereLayer("overlay-vxlan")
        .mayOnlyBeAccessedByLayers("zone-core", "cli", "netns-tests")
        .whereLayer("antispoof")
        .mayOnlyBeAccessedByLayers("zone-core", "cli", "netns-tests")
        .whereLayer("vnic")
        .mayOnlyBeAccessedByLayers("antispoof", "overlay-vxlan", "zone-core", "cli", "netns-tests")
        .check(production);
  }

  @Test
  void shouldOpenOneDoorToTheKernel() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.arbalest.linux..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.sun.jna..")
        .check(production);
  }

  @Test
  void shouldKeepNettyToTheOverlayAndTheControlSocket() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.arbalest.overlay..", "io.arbalest.zone.daemon..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(production);
  }

  @Test
  void shouldKeepPicocliToTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.arbalest.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..")
        .check(production);
  }

  @Test
  void shouldStartProcessesOnlyToStartDaemons() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("DaemonLauncher")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .check(production);
  }

  @Test
  void shouldKeepTheThinClientFreeOfDependencies() {
    classes()
        .that()
        .resideInAPackage("io.arbalest.cli.client..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.arbalest.cli.client..")
        .check(production);
  }

  @Test
  void shouldMarkEveryPackageForNullness() {
    Pattern marked = Pattern.compile("(?m)^@NullMarked$");
    List<Path> unmarked =
        SourceTree.javaFiles().stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .map(Path::getParent)
            .distinct()
            .map(folder -> folder.resolve("package-info.java"))
            .filter(info -> !Files.exists(info) || !marked.matcher(SourceTree.read(info)).find())
            .toList();
    assertThat(unmarked).isEmpty();
  }
}
